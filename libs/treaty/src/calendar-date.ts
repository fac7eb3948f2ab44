/** A legal date: `YYYY-MM-DD`, proleptic Gregorian, with no time and no zone. Made by `calendarDate`. */
export type CalendarDate = string & { readonly __calendarDate: unique symbol };
