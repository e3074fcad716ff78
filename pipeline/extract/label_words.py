"""Words of labels: which name a person or a part in a talk, which a part of a document. Pure.

>>> is_of_document("Key Points"), is_of_document("Ann Lee"), is_of_person("Participant 3 (F)")
(True, False, True)
"""

import re

_TITLES = frozenset(
    """
    mr mrs ms miss dr prof hon rev sen rep gen adm col capt lt amb gov herr frau mme sr sra
    """.split()
)
_OF_PERSONS = _TITLES | frozenset(
    """
    professor sir madam father sister mother brother wife husband senator representative
    congressman congresswoman chair chairman chairwoman chairperson president minister
    secretary ambassador general admiral colonel captain commander lieutenant major sergeant
    judge justice governor mayor king queen prince chancellor taoiseach amir emir commissioner
    administrator director official officer aide monsieur madame señor señora interviewer
    interviewee interpreter translator moderator facilitator operator speaker participant
    respondent informant questioner reporter journalist host guest presenter panelist
    panellist audience witness counsel clerk court bailiff attorney prosecutor voice caller
    man woman men women male female crowd student teacher pupil patient doctor nurse farmer
    unknown unidentified expert person everyone all staff member members coach chorus spk
    interviewerin befragter befragte moderatorin teilnehmer teilnehmerin sprecher sprecherin
    enquêteur enquêtrice enquêté enquêtée intervieweur animateur modérateur participante
    locuteur entrevistador entrevistadora entrevistado entrevistada moderador moderadora
    intervistatore intervistatrice intervistato intervistata q question answer frage antwort
    réponse pregunta respuesta int
    """.split()
)
_OF_DOCUMENTS = frozenset(
    """
    to from cc bcc re ref subject via sent attn attention memo memorandum date dates time
    times place venue location duration attendees present absent apologies agenda item items
    topic title author authors editor name names surname age sex gender birth born occupation
    nationality phone telephone tel mobile fax mail email e-mail address addresses website web
    url link contact contacts organisation organization agency company department unit team
    project programme program status state type kind category class level version revision
    file folder page pages line number no id code codes key value port user password login
    path format size weight price cost costs fee budget total amount quantity currency account
    invoice signature signed note notes nb ps warning caution important tip tips remark
    remarks comment comments purpose background introduction context summary abstract overview
    scope aim aims goal goals objective objectives method methods methodology approach data
    results result discussion conclusion conclusions recommendation recommendations finding
    findings cause causes effect effects impact outcome outcomes output input response action
    actions decision decisions issue issues problem problems solution solutions risk risks
    option options benefit benefits advantage advantages disadvantage disadvantages pro pros
    con cons strength strengths weakness weaknesses opportunity opportunities threat threats
    lesson lessons observation observations insight insights example examples evidence
    argument point points reason reasons fact facts claim claims rating verdict hypothesis
    definition definitions provision provisions term terms meaning synonym exception
    exceptions requirement requirements condition conditions source sources reference
    references keywords keyword tags chapter section article part annex appendix paragraph
    clause figure table box chart map photo image picture caption exhibit attachment enclosure
    step steps phase stage task tasks case round day week month year session event events
    activity activities deadline timeline schedule milestone ingredients directions
    instructions serves yield procedure equipment materials supplementary information details
    description explanation content changes deprecations function files availability licence
    license good bad better worse major minor break distribution classification marking review
    approval low high low-end minimum maximum average mean before after today yesterday
    tomorrow why how what when where who which monday tuesday wednesday thursday friday
    saturday sunday january february march june july september october november december datum
    ort betreff thema ziel ziele zweck ergebnis ergebnisse anlage anlagen hinweis anmerkung
    quelle beispiel zeit dauer zusammenfassung beschluss maßnahme objet lieu heure sujet but
    résultat résultats annexe remarque exemple résumé durée décision fecha asunto lugar hora
    tema objetivo resultado resultados nota ejemplo resumen duración luogo oggetto esempio
    copyright default filename classifier
    """.split()
)
_FIRST_OF_NO_NAME = frozenset(
    """
    a an in on at of for and or but if as by with this that these those it its we you they he
    she my our your his her their there here not now then so also because however please see
    """.split()
)
_CODE = re.compile(r"(?!Q\d|A\d)[A-Z]{1,3}[ _-]?\d{1,3}|(?:SPEAKER|spk)[ _]?\d{1,3}")
_WORDS = re.compile(r"[^\W\d_]+(?:[-'\u2019][^\W\d_]+)*")


def is_of_person(label: str) -> bool:
    """Whether a label says by itself that it is somebody's: a title, a part in a talk, a code."""
    bare = _bare(label)
    return bool(_CODE.fullmatch(bare)) or any(word in _OF_PERSONS for word in _words(bare))


def is_of_document(label: str) -> bool:
    """Whether a label heads a part of a document, an entry of a form or a sentence."""
    words = _words(_bare(label))
    if not words:
        return True
    if words[0] == "the":
        return not is_of_person(label)
    if words[0] in _FIRST_OF_NO_NAME and len(words) > 1:
        return True
    if words in (["question"], ["answer"], ["subject"]):
        return label[-1:].isdigit() == (words[0] != "subject")
    is_titled = any(word in _TITLES for word in words[:-1])
    return not is_titled and (
        words[-1] in _OF_DOCUMENTS or (words[0] in _OF_DOCUMENTS and not is_of_person(label))
    )


def _bare(label: str) -> str:
    return re.split(r" [(\[]", label)[0]


def _words(label: str) -> list[str]:
    return [word.casefold() for word in _WORDS.findall(label)]
