"""Names of days, months and numbers, in the order in which English counts them."""

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WEEKDAY_PREFIXES = tuple(day[:3].casefold() for day in WEEKDAYS)

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
MONTH_PREFIXES = tuple(month[:3].casefold() for month in MONTHS)

# As news spells them; greater ones are written in figures.
NUMBER_WORDS = (
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
)
