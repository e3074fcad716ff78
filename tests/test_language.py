"""Languages: told per source and block; other languages are read and left to people."""

from pathlib import Path

import pytest

from pipeline.commands import init, run
from pipeline.extract import extract
from pipeline.extract.language import language_of

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
}


@pytest.mark.parametrize("language", sorted(TEXTS))
def test_a_paragraph_tells_its_language(language: str):
    assert language_of(TEXTS[language]) == language


def test_what_is_short_is_not_told_and_has_its_sources_language(tmp_path: Path):
    path = tmp_path / "a.txt"
    path.write_text(f"{TEXTS['de']}\n\nKurz.\n\n{TEXTS['en']}\n\n{TEXTS['de']}\n", encoding="utf-8")
    source = extract(path, "a")
    assert source.language == "de"
    assert [zone.language for zone in source.zones] == ["", "", "en", ""]


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
