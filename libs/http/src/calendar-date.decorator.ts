import { ValidateBy, type ValidationOptions } from 'class-validator';
import { isCalendarDate } from '#treaty';

/** The field is a legal date that exists: `2026-02-28`, never `2026-02-30`, `28.2.2026` or an instant. */
export function IsCalendarDate(options?: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isCalendarDate',
      validator: {
        validate: (value) => isCalendarDate(value),
        defaultMessage: () => 'must be a calendar date that exists, written YYYY-MM-DD',
      },
    },
    options,
  );
}
