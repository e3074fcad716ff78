"""Languages: told per source and block; other languages are read and left to people."""

from pathlib import Path

import pytest
from classifier_labels import invented_labels

from pipeline.commands import init, run
from pipeline.extract import extract
from pipeline.extract.language import language_of
from pipeline.learning import model_codings
from pipeline.model.segment import Segment
from pipeline.model.source import Source
from pipeline.stages import Corpus, read_inputs
from pipeline.tag.classifier import train

ROOT = Path(__file__).parent.parent

TEXTS = {
    "en": "The ministers met in Tallinn and agreed on a plan for the coming year. Exercises that "
    "bring brigades over bridges reassure the people who live beside them, and they show what "
    "is missing. Nobody expected the rail gauge to be the matter that took most of the day.",
    "de": "Die Minister trafen sich in Tallinn und einigten sich auf einen Plan für das kommende "
    "Jahr. Übungen, bei denen Brigaden über Brücken geführt werden, beruhigen die Menschen, "
    "die daneben wohnen, und sie zeigen, was noch fehlt. Niemand hatte die Spurweite erwartet.",
    "fr": "Les ministres se sont réunis à Tallinn et se sont mis d'accord sur un plan pour "
    "l'année prochaine. Les exercices qui font passer des brigades sur des ponts rassurent ceux "
    "qui habitent à côté, et ils montrent ce qui manque encore. Personne ne s'y attendait.",
    "ro": "Miniștrii s-au întâlnit la Tallinn și au convenit asupra unui plan pentru anul viitor. "
    "Exercițiile care trec brigăzile peste poduri îi liniștesc pe oamenii care locuiesc "
    "alături și arată ce lipsește. Nimeni nu se aștepta ca ecartamentul să conteze atât.",
    "et": "Ministrid kohtusid Tallinnas ja leppisid kokku järgmise aasta kavas. Õppused, mis "
    "viivad brigaadid üle sildade, rahustavad inimesi, kes nende kõrval elavad, ja näitavad, "
    "mis on veel puudu. Keegi ei oodanud, et rööpmelaius võtab suurema osa päevast.",
    "lv": "Ministri tikās Tallinā un vienojās par plānu nākamajam gadam. Mācības, kurās brigādes "
    "tiek vestas pāri tiltiem, nomierina cilvēkus, kas dzīvo tiem blakus, un parāda, kā vēl "
    "trūkst. Neviens negaidīja, ka sliežu platums aizņems lielāko dienas daļu.",
    "lt": "Ministrai susitiko Taline ir susitarė dėl ateinančių metų plano. Pratybos, per kurias "
    "brigados vedamos per tiltus, ramina šalia gyvenančius žmones ir parodo, ko dar trūksta. "
    "Niekas nesitikėjo, kad vėžės plotis užims didžiąją dienos dalį ir visą vakarą.",
    "ru": "Министры встретились в Таллине и договорились о плане на следующий год. Учения, в "
    "ходе которых бригады проводят через мосты, успокаивают людей, живущих рядом, и "
    "показывают, чего ещё не хватает. Никто не ожидал, что колея займёт весь день и "
    "весь вечер, а вопрос о платформах придётся отложить.",
    "bg": "Министрите се срещнаха в Талин и се споразумяха за план за следващата година. "
    "Ученията, при които бригадите преминават по мостовете, успокояват хората, които "
    "живеят до тях, и показват какво още липсва. Никой не очакваше, че релсите ще отнемат"
    " целия ден.",
    "cs": "Ministři se sešli v Tallinnu a shodli se na plánu na příští rok. Cvičení, při "
    "kterých brigády přecházejí přes mosty, uklidňují lidi, kteří vedle nich bydlí, a "
    "ukazují, co ještě chybí. Nikdo nečekal, že rozchod kolejí zabere větší část dne a "
    "celý večer.",
    "da": "Ministrene mødtes i Tallinn og blev enige om en plan for det kommende år. Øvelser, "
    "hvor brigader føres over broer, beroliger de mennesker, der bor ved siden af, og de "
    "viser, hvad der stadig mangler. Ingen havde ventet, at sporvidden ville tage det "
    "meste af dagen.",
    "el": "Οι υπουργοί συναντήθηκαν στο Ταλίν και συμφώνησαν σε ένα σχέδιο για το επόμενο έτος."
    " Οι ασκήσεις στις οποίες οι ταξιαρχίες περνούν τις γέφυρες καθησυχάζουν τους "
    "ανθρώπους που ζουν δίπλα τους και δείχνουν τι λείπει ακόμη. Κανείς δεν το περίμενε.",
    "es": "Los ministros se reunieron en Tallin y acordaron un plan para el año siguiente. Los "
    "ejercicios que llevan brigadas por los puentes tranquilizan a quienes viven al lado "
    "y muestran lo que todavía falta. Nadie esperaba que el ancho de vía ocupara casi "
    "todo el día.",
    "fi": "Ministerit tapasivat Tallinnassa ja sopivat seuraavan vuoden suunnitelmasta. "
    "Harjoitukset, joissa prikaatit viedään siltojen yli, rauhoittavat niiden vieressä "
    "asuvia ihmisiä ja osoittavat, mitä vielä puuttuu. Kukaan ei odottanut, että "
    "raideleveys veisi koko päivän.",
    "ga": "Tháinig na hairí le chéile i dTaillinn agus d'aontaigh siad plean don bhliain seo "
    "chugainn. Tugann na cleachtaí ina dtéann briogáidí thar dhroichid sólás do na daoine"
    " atá ina gcónaí in aice leo, agus taispeánann siad cad atá in easnamh fós. Ní raibh "
    "aon duine ag súil leis sin.",
    "hr": "Ministri su se sastali u Tallinnu i dogovorili plan za iduću godinu. Vježbe u kojima"
    " brigade prelaze preko mostova umiruju ljude koji žive pokraj njih i pokazuju što "
    "još nedostaje. Nitko nije očekivao da će širina kolosijeka oduzeti veći dio dana i "
    "cijelu večer.",
    "hu": "A miniszterek Tallinnban találkoztak, és megállapodtak a következő évi tervről. Azok"
    " a gyakorlatok, amelyeken dandárokat vezetnek át a hidakon, megnyugtatják a "
    "mellettük élő embereket, és megmutatják, mi hiányzik még. Senki sem várta, hogy a "
    "nyomtáv egész napot elvesz.",
    "it": "I ministri si sono incontrati a Tallinn e hanno concordato un piano per l'anno "
    "prossimo. Le esercitazioni che portano le brigate sui ponti rassicurano chi vive "
    "accanto e mostrano che cosa manca ancora. Nessuno si aspettava che lo scartamento "
    "occupasse gran parte della giornata.",
    "nl": "De ministers kwamen bijeen in Tallinn en werden het eens over een plan voor het "
    "komende jaar. Het is duidelijk dat oefeningen waarbij brigades over bruggen gaan de "
    "mensen geruststellen die ernaast wonen. Wat nog ontbreekt is zichtbaar. Niemand was "
    "voorbereid op de spoorbreedte, of op de vraag of dat kon.",
    "no": "Ministrene møttes i Tallinn og ble enige om en plan for det kommende året. Øvelser "
    "for brigader som føres over broer, beroliger folk som bor ved siden av, og de viser "
    "hva som fortsatt mangler. Ingen hadde ventet at sporvidden for togene skulle ta det "
    "meste av dagen.",
    "pl": "Ministrowie spotkali się w Tallinnie i uzgodnili plan na przyszły rok. To ćwiczenia,"
    " w których brygady przechodzą przez mosty, uspokajają ludzi mieszkających obok, i to"
    " one pokazują, czego jeszcze brakuje. Nikt się nie spodziewał, że rozstaw torów "
    "zajmie większą część dnia.",
    "pt": "Os ministros reuniram-se em Tallinn e chegaram a acordo sobre um plano para o ano "
    "seguinte. Os exercícios que levam brigadas pelas pontes tranquilizam as pessoas que "
    "vivem ao lado e mostram o que ainda falta. Ninguém esperava que a bitola ocupasse "
    "quase todo o dia.",
    "sk": "Ministri sa stretli v Tallinne a dohodli sa na pláne na budúci rok. Cvičenia, pri "
    "ktorých brigády prechádzajú cez mosty, upokojujú ľudí, ktorí vedľa nich bývajú, a "
    "ukazujú, čo ešte chýba. Nikto nečakal, že rozchod koľají zaberie väčšiu časť dňa a "
    "celý večer.",
    "sl": "Ministri so se sestali v Talinu in se dogovorili o načrtu za prihodnje leto. Vaje, "
    "pri katerih brigade prečkajo mostove, pomirjajo ljudi, ki živijo ob njih, in kažejo,"
    " kaj še manjka. Nihče ni pričakoval, da bo tirna širina vzela večji del dneva in ves"
    " večer.",
    "sr": "Министри су се састали у Талину и договорили план за следећу годину. Вежбе у којима "
    "бригаде прелазе преко мостова умирују људе који живе поред њих и показују шта још "
    "недостаје. Нико није очекивао да ће ширина колосека одузети већи део дана. То су сви"
    " видели.",
    "sv": "Ministrarna träffades i Tallinn och enades om en plan för det kommande året. "
    "Övningar där brigader förs över broar lugnar människorna som bor bredvid, och de "
    "visar vad som fortfarande saknas. Ingen hade väntat sig att spårvidden skulle ta det"
    " mesta av dagen.",
    "tr": "Bakanlar Tallinn'de bir araya geldi ve gelecek yıl için bir plan üzerinde anlaştı. "
    "Tugayların köprülerden geçirildiği tatbikatlar, yanı başında yaşayan insanları "
    "rahatlatıyor ve hâlâ neyin eksik olduğunu gösteriyor. Kimse ray açıklığının bütün "
    "günü alacağını beklemiyordu.",
    "uk": "Міністри зустрілися в Таллінні й домовилися про план на наступний рік. Навчання, під"
    " час яких бригади проходять мостами, заспокоюють людей, що живуть поруч, і "
    "показують, чого ще бракує. Ніхто не очікував, що ширина колії забере більшу частину "
    "дня.",
}


SENTENCES = (
    "Wir haben damals lange auf die Brücke gewartet",
    "Das hat niemand in der Gemeinde für möglich gehalten",
    "Zuerst kamen die Fahrzeuge mit dem Gerät über die Straße",
    "Danach wurde die Übung um zwei Tage verschoben",
    "Die Leute im Ort waren trotzdem nicht beunruhigt",
    "Im Herbst soll alles noch einmal geprobt werden",
)


@pytest.mark.parametrize("language", sorted(TEXTS))
def test_a_paragraph_tells_its_language(language: str):
    assert language_of(TEXTS[language]) == language


def test_what_is_short_is_not_told_and_has_its_sources_language(tmp_path: Path):
    path = tmp_path / "a.txt"
    path.write_text(f"{TEXTS['de']}\n\nKurz.\n\n{TEXTS['en']}\n\n{TEXTS['de']}\n", encoding="utf-8")
    source = extract(path, "a")
    assert source.language == "de"
    assert [zone.language for zone in source.zones] == ["", "", "en", ""]


def test_short_turns_tell_the_language_over_one_long_quotation(tmp_path: Path):
    turns = [f"{'Frage' if n % 2 else 'Antwort'}: {one}." for n, one in enumerate(SENTENCES)]
    path = tmp_path / "a.txt"
    path.write_text("\n\n".join([*turns, TEXTS["en"], *turns]), encoding="utf-8")
    source = extract(path, "a")
    assert source.language == "de"
    assert [zone.language for zone in source.zones if zone.language] == ["en"]


def test_the_language_of_a_source_is_the_same_each_time(tmp_path: Path):
    path = tmp_path / "a.txt"
    path.write_text("\n\n".join(TEXTS[one] for one in sorted(TEXTS)), encoding="utf-8")
    assert extract(path, "a") == extract(path, "a")


def test_a_source_of_few_letters_has_no_language_told(tmp_path: Path):
    path = tmp_path / "a.txt"
    path.write_text("Two bridges.\n\nOne port.", encoding="utf-8")
    source = extract(path, "a")
    assert source.language == "" and not any(zone.language for zone in source.zones)


def test_rules_pass_over_other_languages_and_the_run_names_them(tmp_path: Path):
    study = tmp_path / "study"
    init(study)
    english = "Joint exercises with Romania deter aggression and reassure allies. " + TEXTS["en"]
    german = TEXTS["de"] + " Gemeinsame exercises deter aggression."
    (study / "corpus" / "english.txt").write_text(english, encoding="utf-8")
    (study / "corpus" / "german.txt").write_text(german, encoding="utf-8")
    mixed = f"{english}\n\n{german}\n\n{english}"
    (study / "corpus" / "mixed.txt").write_text(mixed, encoding="utf-8")
    report = run(study)
    rows = (study / "outputs" / "codings.csv").read_text(encoding="utf-8")
    assert ",english," in rows and ",german," not in rows
    assert "Gemeinsame" not in rows
    told = " ".join(report.notices)
    assert "german (de)" in told and "mixed: blocks" in told and "1 in de" in told
    page = (study / "outputs" / "text" / "german.html").read_text(encoding="utf-8")
    assert "Niemand hatte die Spurweite erwartet" in page


@pytest.mark.parametrize(("language", "count"), [("", 1), ("en", 1), ("de", 0)])
def test_the_classifier_is_asked_about_no_other_language(language: str, count: int):
    text = "They were short of instructors and the staff was tired."
    segment = Segment("a", 0, len(text), "sentence", language=language)
    corpus = Corpus((Source("a", text, language=language),), (segment,), ())
    classifier = train(invented_labels(), seed=7)
    assert len(model_codings(read_inputs(ROOT), corpus, [], classifier)) == count
