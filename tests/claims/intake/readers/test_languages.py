# ruff: noqa: E501 -- the paragraphs are long
import random
import re

import pytest

from benchmarks.pages_read import make_story
from claims.intake.readers.languages import FEWEST_LETTERS, find_foreign_language

PARAGRAPHS = {
    "German": "Die Bürgermeisterin sagte am Dienstag, die Brücke werde den Winter über offen bleiben. Rund vierzig Menschen hatten sich im Regen versammelt, einige mit Laternen. Der Vorsitzende der Gewerkschaft widersprach ihr noch am selben Abend. Über die Reparaturen soll der Rat in der nächsten Woche abstimmen.",
    "French": "La maire a déclaré mardi que le pont resterait ouvert pendant l'hiver. Une quarantaine de personnes s'étaient rassemblées sous la pluie devant le port. Le président du syndicat des dockers l'a contredite le soir même. Le conseil doit voter sur les réparations la semaine prochaine.",
    "Spanish": "La alcaldesa dijo el martes que el puente permanecerá abierto durante el invierno. Unas cuarenta personas se reunieron bajo la lluvia en el muelle. El presidente del sindicato la contradijo esa misma noche. El consejo votará sobre las reparaciones la semana que viene.",
    "Italian": "La sindaca ha detto martedì che il ponte resterà aperto per tutto l'inverno. Una quarantina di persone si sono riunite sotto la pioggia davanti al molo. Il presidente del sindacato l'ha smentita la sera stessa. Il consiglio voterà sulle riparazioni la settimana prossima.",
    "Portuguese": "A prefeita disse na terça-feira que a ponte continuará aberta durante o inverno. Cerca de quarenta pessoas se reuniram na chuva em frente ao cais. O presidente do sindicato a contradisse na mesma noite. A câmara vai votar as reparações na próxima semana.",
    "Dutch": "De burgemeester zei dinsdag dat de brug de hele winter open blijft. Ongeveer veertig mensen hadden zich in de regen verzameld bij de veerpont. De voorzitter van de vakbond sprak haar nog dezelfde avond tegen. De raad stemt volgende week over de herstelwerkzaamheden.",
    "Swedish": "Borgmästaren sade på tisdagen att bron ska hållas öppen hela vintern. Ett fyrtiotal personer hade samlats i regnet vid färjeläget. Fackets ordförande sade emot henne redan samma kväll. Fullmäktige ska rösta om reparationerna nästa vecka.",
    "Polish": "Burmistrz powiedziała we wtorek, że most pozostanie otwarty przez całą zimę. Około czterdziestu osób zebrało się w deszczu przed przystanią promową. Przewodniczący związku zaprzeczył jej jeszcze tego samego wieczoru. Rada ma głosować nad naprawami w przyszłym tygodniu.",
    "Russian": "Мэр заявила во вторник, что мост останется открытым всю зиму. Около сорока человек собрались под дождём у паромной пристани. Председатель профсоюза возразил ей в тот же вечер. Совет проголосует по ремонту на следующей неделе.",
    "Turkish": "Belediye başkanı salı günü köprünün kış boyunca açık kalacağını söyledi. Yaklaşık kırk kişi yağmur altında iskelenin önünde toplanmıştı. Sendika başkanı aynı akşam ona karşı çıktı. Meclis onarımları gelecek hafta oylayacak.",
    "Arabic": "قالت رئيسة البلدية يوم الثلاثاء إن الجسر سيبقى مفتوحا طوال الشتاء بعد الفحص. وتجمع نحو أربعين شخصا تحت المطر أمام رصيف العبارات في المدينة. ورد عليها رئيس النقابة في المساء نفسه أمام الصحفيين. ويصوت المجلس على الإصلاحات في الأسبوع المقبل.",
    "Finnish": "Silta on auki koko talven, pormestari sanoi tiistaina. Kaupunki on tutkinut sen, ja se on kunnossa. Noin neljäkymmentä ihmistä oli kokoontunut sateessa laiturille. Ammattiliiton puheenjohtaja on eri mieltä, ja asia on ensi viikolla esillä.",
    "Chinese": "市长周二表示，由于工程师没有发现任何裂缝，大桥整个冬天都将保持开放，居民可以照常通行，不必绕道而行，渡轮也会照常运行。大约四十人冒雨聚集在渡轮码头前，有些人提着灯笼，还有人带着狗，他们要求市政府公布检查报告。",
}
ENGLISH = (
    "Müller, Schröder, Łukasz Wójcik and José Núñez of the Société Générale de Banque were the only ones to vote for it in Zürich.",
    "“Vive la République, vive la France!” the president said, and left; the crowd answered with “Liberté, égalité, fraternité”.",
    "Scores: Berg 3, Kane 2; Dent 1, Bell 0; Marsh 4, Fife 4; Okoro 2, Sato 1; Lind 0, Dale 5 after extra time.",
    "Police in Port Aldis seek witnesses to a burglary at a jeweller’s shop late on Friday.",
)


@pytest.mark.parametrize("language", PARAGRAPHS)
def test_a_paragraph_of_news_in_another_language_is_told(language: str) -> None:
    assert find_foreign_language(PARAGRAPHS[language]) == language


def test_of_the_sentences_of_other_languages_nearly_all_are_told() -> None:
    sentences = [
        part for text in PARAGRAPHS.values() for part in re.split(r"(?<=[.。])\s*", text) if part
    ]

    long_enough = [each for each in sentences if sum(map(str.isalpha, each)) >= FEWEST_LETTERS]
    told = [bool(find_foreign_language(sentence)) for sentence in long_enough]

    assert len(told) >= 10
    assert all(told)


@pytest.mark.parametrize("text", ENGLISH)
def test_english_full_of_foreign_words_is_english(text: str) -> None:
    assert find_foreign_language(text) == ""


def test_paragraphs_of_english_news_are_english() -> None:
    rng = random.Random(5)
    paragraphs = [
        text for _ in range(100) for kind, text in make_story(rng).parts if kind == "paragraph"
    ]

    foreign = [text for text in paragraphs if find_foreign_language(text)]

    assert len(paragraphs) > 1000
    assert len(foreign) <= 0.001 * len(paragraphs)
