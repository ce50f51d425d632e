"""Words that tell a man from a woman: given names and nouns.

Written by hand. A name stands here if it is a man's, or a woman's, in most countries that have it.
"""

from claims.extraction.lexicon.words import word_set
from claims.extraction.schema import Gender

GIVEN_NAMES_OF_MEN = word_set(
    """abdel abdoulaye abdul abdullah abdulrahman abubakar adam adnan agus ahmed ahmet aidan
    alan alastair albert alejandro aleksandr alexander alexei ali alvaro amadou amir amit
    anatoly andrei andres andrew andrzej andy angus anil anthony antonio antony anwar archie
    arjun arthur arturo arun ashok asif babatunde bambang barack barry bashar bassam ben benito
    benjamin bernard bernie bilal bill bjorn bob bongani boris boubacar brad brian bruce bruno
    callum cameron camilo carl carlos cesar charles cheikh chinedu chris christian christophe
    christopher chuck ciaran cillian claude claudio colin conor cormac craig cristian cyril
    daniel darren dave david dean declan deepak denis dennis derek diarmuid diego dinesh dmitry
    dmytro dominic donald doug douglas duncan eamon ed eduardo edward emeka emilio emmanuel emre
    enrique eric erik ernesto esteban ewan fabien fadi fahad faisal faris farooq federico felipe
    femi ferdinand fergus fernando finlay florian francis francisco francois frank franklin fred
    frederic gabriel gareth garry gary gaurav gavin geoff george gerald gerard gerardo gerhard
    ghassan ghulam giles giovanni giuseppe glenn gonzalo gordon graeme graham greg gregor
    grigory guillaume guillermo gustavo guy habib haider hamad hamid hamish hamisi hamza hani
    hans harish harold harry harvey hassan hector heinrich henrik henry herve hisham hossein
    howard hugh hugo hussein huw iain ian ibrahim ibrahima ifeanyi ignacio igor ilya imran
    imtiaz iqbal ivan ivor jack jacob jacques jaime jake jamal james jamie janusz jaroslaw jason
    javier jean jeff jeffrey jens jeremy jerry jim jimmy joaquin joe joel john joko jomo jon
    jonathan jorg jorge jose joseph josh joshua juan julio julius juma junaid jurgen justin
    kamau kamran kapil karan karim karl keir keith kemal kenneth kevin khaled khalid khalil
    kieran kirill klaus kofi kojo konstantin kwabena kwame kwesi kyle larry lars laurent
    lawrence lech lee lennart leo leonardo leonid lewis liam lloyd lorcan lorenzo louis luca
    luciano luis lukas luke magnus mahesh mahmood mahmoud majid maksim malachy malcolm mamadou
    mandla manoj mansour manuel marcel marco marcus mario mark martin marwan massimo mateo
    mateusz mathieu matt matteo matthew matthias mauricio max mehdi mehmet michael michel mick
    miguel mike mikhail miles mitch mitt mohamed mohammad mohammed mohan mohsen mostafa moussa
    muhammad mukesh murad murray musa mustafa nabil nadeem naeem narendra nasser nathan naveen
    nawaz ned neil nestor newt niall nicholas nick nicolas nigel nikhil nikita nikolai nils
    nitin noel norman obinna octavio oisin olaf oleg oleh oleksii oliver olivier olumide
    olusegun omar orlando osama oscar ousmane owen pablo padraig pankaj paolo pascal patrick
    paul pavel pedro percy peter petr petro phil philip philippe pierre piers piotr prakash
    pramod pranab praveen qasim rahul rainer raj rajesh rajiv rajnath rakesh ralph ramesh rami
    ramon rand rashed rashid raul ravi ray recep reza rhys ricardo richard rick rishi robbie
    robert roberto roderick rodolfo rodrigo roger rohan rohit roland rolf roman ron ronald ronan
    rory ross roy ruben rudy rui rupert russell ryan saad sachin saeed salah saleh salim salman
    sam sami samir samuel sandeep sanjay satish scott seamus sean sebastian segun sergei sergey
    sergio serhiy shahbaz shahid shane sharad shehbaz sibusiso sid siddharth simon sipho sourav
    spencer stanislav stanley stefan stephen steve steven stewart stuart subhash sudhir sunil
    suresh sven tahir tamer taras tarek tariq ted terry thabo themba thierry thomas tim timothy
    tobias toby todd tom tomas tomasz tony trevor tristan tunde uhuru umar usman uwe vadim
    valery vasily vernon vicente victor vijay vikram viktor vince vinod virat vitali vitaly
    vivek vladimir volodymyr vyacheslav wale walid walter waqar warren warwick wasim wayne
    wesley will william wolfgang xavier xi yahya yannick yasser yaw yevgeny yousaf youssef
    yoweri yuri yusuf yves zahid zbigniew ziad zubair"""
)
GIVEN_NAMES_OF_WOMEN = word_set(
    """aarti abbie abena abigail achieng adaeze adriana adwoa agnes agnieszka ailsa aisha
    aishwarya aisling aissatou akosua akua alejandra aleksandra alexandra alice alicia alison
    amal amanda amelia amelie amina aminata amira amy ana anastasia andrea angela angharad anita
    anjali ann anna annalena anne annie annika anushka aoife asha astrid atieno audrey ayesha
    ayse barbara beatrice beatriz benazir bernadette beth bethany betsy betty birgit brenda
    bridget brigitte britta bronwen bukola bushra caitlin camila carla carly carmel carmen carol
    carolina caroline catalina catherine cecilia chantal charlotte cheryl chiara chioma chloe
    christina christine ciara claire clara claudia claudine colette condoleezza consuelo corinne
    cristina cynthia daisy dalia daniela daphne dawn debbie deborah deepa deepika deirdre
    delphine dewi diana diane divya dolores donna dorothy efua eileen eilidh ekaterina elaine
    eleanor elena elif elisa eliza elizabeth elke ella ellen eloise emer emily emine emma
    emmanuelle erika esi esperanza esther eugenia eva eve evelyn farah farida fariha fatima
    fatma fatou faye federica felicity fiona folake frances francesca francisca freja freya
    funke gabriela gabrielle galina gauri geeta geraldine ghada gillian gina ginny giorgia gita
    giulia gloria grace graciela grainne greta guadalupe gudrun gwen hala halyna hanan hannah
    harriet hasina hauwa hazel heather heidi heike helen helene helga hilda hilde hillary hina
    huda huma iman imelda imogen indira ines ingrid irene irina iris irma iryna isabel isabella
    isabelle isla ivanka ivy jacinda jacqueline jamila jane janet jasmine jean jemima jen
    jennifer jenny jessica jill joan joanna jodie johanna josephine josie joy joyce juana
    juanita judith judy julia julie jyoti kamala karen karin katarzyna kate kateryna katherine
    kathleen kathy katie katja katrin kavita kayleigh kelly kellyanne khadija kim kimberly
    kirsty komal ksenia laila lakshmi larisa lata laura lauren layla leila lena leni lerato
    leslie leticia lina linda lindiwe lisa liz lola lorena loretta lorna lotte louise lubna
    lucia lucie lucy luisa luz lydia lynn lyudmila mabel madeleine madhuri maeve magda magdalena
    maha maire mairead malgorzata mamata manal maneka manon manuela marcela margaret margarita
    margot maria mariam marian mariana marianne marie marine marissa marjorie marta martha
    martine mary maryam mathilde maureen mavis maxine mayawati meena meera megan megawati
    mehbooba melania melissa mette mhairi michelle milagros miriam moira molly mona monica
    monika mouna muriel nadezhda nadia nadine naila najwa naledi nancy nandini naomi nasreen
    natalia natalie natalya nathalie nawal neha nell ngozi niamh nicola nicole nikki nina
    nirmala nita njeri nkechi noemi nokuthula nomsa norma nuala nyambura odile oksana olena olga
    olivia oonagh orla paige palesa paloma pamela patricia patsy patti paula penny philippa
    phoebe pia pilar polina pooja poppy pratibha preeti priti priya priyanka rabia rachel radha
    rana rania raquel rebecca reem rekha renee renu rima ritu rocio roisin rosa rosario rosemary
    rosie rubina ruby rula ruth sabine sadia sadie saima sakshi sally salma samantha samia
    samina sana sandra sangeeta saoirse sara sarah sarita savita sawsan seema shabana sharon
    shazia sheena sheetal sheila shilpa shirin shirley shreya sian sidra sigrid silke silvia
    sinead siobhan siti smriti sneha sofia sofie soledad solveig sonam sonia sophie soraya
    stefania stella stephanie sue sumaira sunita susan susana susanne sushma suzanne svetlana
    swati sylvie tammy tamsin tara tatiana teresa tessa tetiana thandi theresa tina tracey tulsi
    ulrike una ursula usha valentina valerie vandana vanessa vera verity veronica vicky victoria
    vidya virginia virginie vivien wanjiku wanjiru wendy winnie ximena yasmin yasmine yelena
    yetunde yolanda yulia yuliia yvette yvonne zahra zainab zanele zara zaynab zeinab zoe zuzana"""
)
GIVEN_NAMES = GIVEN_NAMES_OF_MEN | GIVEN_NAMES_OF_WOMEN

NOUNS_FOR_MEN = word_set(
    """he man boy husband ex-husband boyfriend son father dad brother uncle nephew grandfather
    grandad grandson widower businessman spokesman chairman policeman fisherman gunman"""
)
NOUNS_FOR_WOMEN = word_set(
    """she woman girl wife ex-wife girlfriend daughter mother mum mom sister aunt niece grandmother
    gran granddaughter widow businesswoman spokeswoman chairwoman policewoman actress"""
)
GENDER_OF_NOUN: dict[str, Gender] = {
    **dict.fromkeys(NOUNS_FOR_MEN, "he"),
    **dict.fromkeys(NOUNS_FOR_WOMEN, "she"),
}
