"""Short forms of given names, and surnames that stand first. Written by hand."""

from claims.extraction.lexicon.words import word_set

# A line a short form: what it stands for. Beginnings of the long form, such as "Ben", are not here.
SHORT_FORMS_TEXT = """
    abby:abigail andy:andrew barb:barbara becky:rebecca bernie:bernard bernie:bernardo beth:elizabeth
    betsy:elizabeth betty:elizabeth bill:william billy:william bob:robert bobby:robert
    cathy:catherine charlie:charles chuck:charles cindy:cynthia dave:david deb:deborah debbie:deborah
    dick:richard don:donald donnie:donald drew:andrew ed:edward eddie:edward fred:alfred
    gene:eugene greg:gregory hank:henry harry:harold harry:henry jack:john jake:jacob jamie:james
    jim:james jimmy:james joe:joseph joey:joseph johnny:john jon:jonathan judy:judith kate:katherine
    kate:catherine kathy:katherine kathy:kathleen katie:katherine ken:kenneth kenny:kenneth
    kitty:katherine larry:lawrence len:leonard lenny:leonard liz:elizabeth lizzie:elizabeth
    maggie:margaret matt:matthew meg:margaret mick:michael mike:michael mitch:mitchell
    molly:mary ned:edward nick:nicholas patty:patricia peggy:margaret penny:penelope
    pete:peter phil:philip phil:phillip rick:richard ricky:richard rob:robert ron:ronald ronnie:ronald
    sally:sarah sandy:sandra shelly:michelle steve:steven steve:stephen sue:susan susie:susan
    ted:edward ted:theodore teddy:edward teddy:theodore terry:terence tim:timothy tom:thomas
    tommy:thomas tony:anthony trish:patricia vince:vincent walt:walter will:william zack:zachary
"""
SHORT_FORMS = {tuple(pair.split(":")) for pair in SHORT_FORMS_TEXT.split()}

# Surnames of East Asia that stand before the given name: "Kim Jong-un".
SURNAMES_THAT_STAND_FIRST = word_set(
    """kim lee park choi jung jeong kang cho yoon jang lim han shin seo kwon hwang ahn song hong
    yoo moon li wang zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo lin he gao luo
    zheng liang xie tang deng xi tsai nguyen tran pham lo chan wong leung cheung lam ng"""
)
