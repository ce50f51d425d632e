"""States, seats of government and cities, by the names that news gives them. Written by hand."""

from claims.extraction.lexicon.words import phrase_set, word_set

# A line a state: name|demonym|capitals, which stand for its government|other names.
STATE_TABLE = """
Afghanistan|Afghan|Kabul|
Albania|Albanian|Tirana|
Algeria|Algerian|Algiers|
Argentina|Argentine|Buenos Aires|
Armenia|Armenian|Yerevan|
Australia|Australian|Canberra|
Austria|Austrian|Vienna|
Azerbaijan|Azerbaijani|Baku|
Bahrain|Bahraini|Manama|
Bangladesh|Bangladeshi|Dhaka|
Belarus|Belarusian|Minsk|
Belgium|Belgian||
Bolivia|Bolivian|La Paz|
Bosnia and Herzegovina|Bosnian|Sarajevo|Bosnia
Botswana|Botswanan|Gaborone|
Brazil|Brazilian|Brasilia,Brasília|
Bulgaria|Bulgarian|Sofia|
Cambodia|Cambodian|Phnom Penh|
Cameroon|Cameroonian|Yaounde|
Canada|Canadian|Ottawa|
Chad|Chadian|N'Djamena|
Chile|Chilean|Santiago|
China|Chinese|Beijing|People's Republic of China
Colombia|Colombian|Bogota,Bogotá|
Costa Rica|Costa Rican||
Croatia|Croatian|Zagreb|
Cuba|Cuban|Havana|
Cyprus|Cypriot|Nicosia|
Czech Republic|Czech|Prague|Czechia
Denmark|Danish|Copenhagen|
Ecuador|Ecuadorian|Quito|
Egypt|Egyptian|Cairo|
Eritrea|Eritrean|Asmara|
Estonia|Estonian|Tallinn|
Ethiopia|Ethiopian|Addis Ababa|
Fiji|Fijian|Suva|
Finland|Finnish|Helsinki|
France|French|Paris|
Georgia|Georgian|Tbilisi|
Germany|German|Berlin|
Ghana|Ghanaian|Accra|
Greece|Greek|Athens|
Guatemala|Guatemalan||
Haiti|Haitian|Port-au-Prince|
Honduras|Honduran|Tegucigalpa|
Hungary|Hungarian|Budapest|
Iceland|Icelandic|Reykjavik|
India|Indian|New Delhi,Delhi|
Indonesia|Indonesian|Jakarta|
Iran|Iranian|Tehran|Islamic Republic
Iraq|Iraqi|Baghdad|
Ireland|Irish|Dublin|
Israel|Israeli|Jerusalem|
Italy|Italian|Rome|
Jamaica|Jamaican|Kingston|
Japan|Japanese|Tokyo|
Jordan|Jordanian|Amman|
Kazakhstan|Kazakh|Astana|
Kenya|Kenyan|Nairobi|
Kosovo|Kosovan|Pristina|
Kuwait|Kuwaiti|Kuwait City|
Kyrgyzstan|Kyrgyz|Bishkek|
Laos|Laotian|Vientiane|
Latvia|Latvian|Riga|
Lebanon|Lebanese|Beirut|
Libya|Libyan|Tripoli|
Lithuania|Lithuanian|Vilnius|
Malaysia|Malaysian|Kuala Lumpur,Putrajaya|
Mali|Malian|Bamako|
Malta|Maltese|Valletta|
Mexico|Mexican|Mexico City|
Moldova|Moldovan|Chisinau|
Mongolia|Mongolian|Ulaanbaatar|
Montenegro|Montenegrin|Podgorica|
Morocco|Moroccan|Rabat|
Mozambique|Mozambican|Maputo|
Myanmar|Burmese|Naypyidaw|Burma
Nepal|Nepali|Kathmandu|
Netherlands|Dutch|The Hague|Holland
New Zealand|New Zealand|Wellington|
Nicaragua|Nicaraguan|Managua|
Niger|Nigerien|Niamey|
Nigeria|Nigerian|Abuja|
North Korea|North Korean|Pyongyang|
North Macedonia|Macedonian|Skopje|
Norway|Norwegian|Oslo|
Oman|Omani|Muscat|
Pakistan|Pakistani|Islamabad|
Palestine|Palestinian|Ramallah|
Panama|Panamanian||
Paraguay|Paraguayan|Asuncion|
Peru|Peruvian|Lima|
Philippines|Philippine|Manila|
Poland|Polish|Warsaw|
Portugal|Portuguese|Lisbon|
Qatar|Qatari|Doha|
Romania|Romanian|Bucharest|
Russia|Russian|Moscow|Russian Federation
Rwanda|Rwandan|Kigali|
Saudi Arabia|Saudi|Riyadh|
Senegal|Senegalese|Dakar|
Serbia|Serbian|Belgrade|
Singapore|Singaporean||
Slovakia|Slovak|Bratislava|
Slovenia|Slovenian|Ljubljana|
Somalia|Somali|Mogadishu|
South Africa|South African|Pretoria|
South Korea|South Korean|Seoul|
South Sudan|South Sudanese|Juba|
Spain|Spanish|Madrid|
Sri Lanka|Sri Lankan|Colombo|
Sudan|Sudanese|Khartoum|
Sweden|Swedish|Stockholm|
Switzerland|Swiss|Bern|
Syria|Syrian|Damascus|
Taiwan|Taiwanese|Taipei|
Tajikistan|Tajik|Dushanbe|
Tanzania|Tanzanian|Dodoma|
Thailand|Thai|Bangkok|
Tunisia|Tunisian|Tunis|
Turkey|Turkish|Ankara|Türkiye
Turkmenistan|Turkmen|Ashgabat|
Uganda|Ugandan|Kampala|
Ukraine|Ukrainian|Kyiv,Kiev|
United Arab Emirates|Emirati|Abu Dhabi|UAE
United Kingdom|British|London|UK,U.K.,Britain,Great Britain
United States|American|Washington|US,U.S.,USA,U.S.A.,America,United States of America
Uruguay|Uruguayan|Montevideo|
Uzbekistan|Uzbek|Tashkent|
Venezuela|Venezuelan|Caracas|
Vietnam|Vietnamese|Hanoi|
Yemen|Yemeni|Sanaa|
Zambia|Zambian|Lusaka|
Zimbabwe|Zimbabwean|Harare|
"""

# Seats that stand for who sits there.
SEAT_TABLE = {
    "White House": "White House",
    "Kremlin": "Kremlin",
    "Downing Street": "Downing Street",
    "No 10": "No. 10",
    "No. 10": "No. 10",
    "Number 10": "No. 10",
    "No 11": "No. 11",
    "No. 11": "No. 11",
    "Number 11": "No. 11",
    "10 Downing Street": "Downing Street",
    "Whitehall": "United Kingdom",
    "Pentagon": "Pentagon",
    "Capitol Hill": "United States Congress",
    "Foggy Bottom": "State Department",
    "Elysee": "Élysée",
    "Elysée": "Élysée",
    "Élysée Palace": "Élysée",
    "Elysee Palace": "Élysée",
    "Buckingham Palace": "Buckingham Palace",
    "Holyrood": "Scottish Parliament",
    "Stormont": "Northern Ireland Assembly",
    "Vatican": "Vatican",
    "Brussels": "European Union",
    "EU": "European Union",
    "UN": "United Nations",
    "U.N.": "United Nations",
}

STATE_OF_NAME: dict[str, str] = {}
STATE_OF_CAPITAL: dict[str, str] = {}
STATE_OF_DEMONYM: dict[str, str] = {}
DEMONYM_OF_STATE: dict[str, str] = {}
for _line in STATE_TABLE.strip().splitlines():
    _state, _demonym, _capitals, _other_names = _line.split("|")
    STATE_OF_NAME[_state.casefold()] = _state
    STATE_OF_DEMONYM[_demonym.casefold()] = _state
    DEMONYM_OF_STATE[_state] = _demonym
    if _other_names:
        STATE_OF_NAME |= dict.fromkeys(_other_names.casefold().split(","), _state)
    if _capitals:
        STATE_OF_CAPITAL |= dict.fromkeys(_capitals.casefold().split(","), _state)
DEMONYM_OF_STATE["United States"] = "US"

INSTITUTION_OF_SEAT = {seat.casefold(): institution for seat, institution in SEAT_TABLE.items()}

# Whom news calls by their nation, region or city: "the Dane".
NATIONAL_NOUNS = frozenset(STATE_OF_DEMONYM) | word_set(
    """scot briton englishman englishwoman irishman irishwoman welshman welshwoman scotsman
    scotswoman frenchman frenchwoman dutchman dutchwoman dane swede finn icelander pole serb
    croat slovene bosniak spaniard turk greek macedonian argentinian filipino filipina aussie
    kiwi kazakhstani kosovar nepalese bahamian barbadian bermudian dominican trinidadian
    surinamese congolese ivorian gambian gabonese guinean liberian malagasy malawian mauritian
    namibian togolese bhutanese bruneian maldivian samoan tongan texan californian floridian
    londoner mancunian glaswegian liverpudlian scouser geordie parisian catalan basque sicilian
    bavarian kurd tibetan uyghur"""
)

# Cities from which much is reported and that, but for a few, are no capitals: for datelines.
REPORTING_CITIES = phrase_set(
    """mumbai, karachi, lahore, quetta, peshawar, chennai, kolkata, bengaluru, bangalore,
    hyderabad, ahmedabad, pune, jaipur, lucknow, patna, srinagar, jammu, chandigarh, bhopal,
    guwahati, ranchi, raipur, thiruvananthapuram, kochi, kozhikode, panaji, shimla, dehradun,
    imphal, shillong, agartala, amritsar, ludhiana, gurugram, noida, nagpur, surat, indore,
    varanasi, chittagong, chattogram, sylhet, faisalabad, multan, rawalpindi, muzaffarabad,
    gilgit, kandahar, herat, petaling jaya, george town, georgetown, ipoh, johor baru,
    johor bahru, kota kinabalu, kuching, shah alam, putrajaya, melaka, kuantan, cebu city,
    davao city, surabaya, bandung, denpasar, ho chi minh city, chiang mai, phuket, yangon,
    mandalay, shanghai, guangzhou, shenzhen, hong kong, macau, osaka, jeddah, dubai, sharjah,
    makkah, mecca, madinah, medina, dammam, aden, mosul, basra, erbil, aleppo, gaza, haifa,
    tel aviv, ramallah, istanbul, izmir, lagos, kano, kaduna, ibadan, port harcourt, enugu, jos,
    maiduguri, kumasi, tamale, mombasa, kisumu, nakuru, eldoret, dar es salaam, arusha,
    zanzibar, entebbe, gulu, blantyre, bulawayo, mutare, johannesburg, cape town, durban,
    casablanca, alexandria, abidjan, douala, goma, lubumbashi, benghazi, new york, los angeles,
    chicago, san francisco, boston, houston, miami, toronto, montreal, vancouver, sydney,
    melbourne, brisbane, perth, auckland, geneva, zurich, frankfurt, munich, milan, barcelona,
    manchester, birmingham, liverpool, glasgow, edinburgh, belfast, cardiff, sao paulo,
    são paulo, rio de janeiro, guayaquil, medellin, montego bay, kharkiv, odesa, lviv,
    st petersburg, the hague, strasbourg"""
)
