"""The parameters that follow a reader through the web, and name no article.

Collected from the lists of AdGuard (general_url.txt), ClearURLs and Firefox (query-stripping), and
from the parameters that news sites put into their own links. All are in small letters.
"""

from claims.extraction.lexicon.words import word_set

# Beginnings of names. None of them is also the beginning of a name that may mean an article.
TRACKER_PREFIXES = (
    "utm_",
    "mtm_",
    "matomo_",
    "piwik_",
    "hsa_",
    "guce_",
    "at_custom",
    "at_link_",
    "hootpost",
)
TRACKERS = word_set(
    """__hsfp __hssc __hstc __s __source __tn__ __twitter_impression _branch_match_id _ga _gl
    _hsenc _hsmi _ke _openstat algo_pvid amp_gsa amp_js_v at_bbc_team at_campaign
    at_campaign_type at_format at_medium at_ptr_name bbc_team cmp cmpgncode cmpid cn-track
    cp_event dclid dicbo dlbk dm_i ef_id emc epik ex_cid fb_action_ids fb_action_types
    fb_comment_id fb_ref fb_source fb_xd_fragment fbclid ftag ftcamp ga_campaign ga_content
    ga_medium ga_place ga_source ga_term gad_campaignid gad_source gbraid gclid gclsrc
    guccounter hsctatracking ic_medium ic_source icid igsh igshid int_campaign int_medium
    int_source intcid intcmp itm_audience itm_campaign itm_channel itm_content itm_medium
    itm_source itm_term ito li_fat_id mbid mc_cid mc_eid mkt_tok mkwid msclkid msockid ncid nlid
    ns_campaign ns_fee ns_linkname ns_mchannel ns_source ocid oly_anon_id oly_enc_id pcrid
    pk_campaign pk_cid pk_content pk_keyword pk_kwd pk_medium pk_source rb_clickid
    referring_source referringsource reflink s_cid s_kwcid segmentid sfmc_id sfns smid smtyp
    soc_src soc_trk spm sr_share sref srnd sscid taid tpcc trk_contact trk_msg trkcampaign
    ttclid twclid usqp vero_conv vero_id vgo_ee wbraid wickedid wpisrc wprss wt.mc_id wt_zmc
    xtor yclid ysclid"""
)
# These name an article on one site, and on another say where a reader came from.
DOUBTFUL_TRACKERS = word_set(
    """campaign campaign_id cid eid feed from iid lid mod partner ref ref_src ref_url referer
    referrer rss sh share shared source src trk via xid"""
)
# The number of an article, beside every name that ends in "id".
NUMBER_PARAMETERS = word_set("article news p post story")
# What asks for the same article as AMP: the names of parameters, and the values that say so.
AMP_PARAMETERS = word_set("format mode output outputtype type view")
AMP_SWITCHES = ("", "1", "true", "yes")
# Pages that a site shows for a folder without being asked for them by name.
INDEX_PAGE_NAMES = ("default", "index")
INDEX_PAGE_ENDINGS = word_set("asp aspx cfm htm html jsp php shtml stm xhtml")
# Last parts of paths that name no article: a parameter says which one.
SCRIPT_ENDINGS = word_set("asp aspx cfm cgi do jsp php pl")
WORDS_FOR_ANY_ARTICLE = word_set(
    """article articles content default detail details display index item news node page post posts
    print read show stories story view"""
)
