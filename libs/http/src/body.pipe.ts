import { ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { Problem, type FieldFault } from './problem.ts';

/** Every fault of the body, named by its path (`finalClauses.entryIntoForce.threshold`). */
export function fieldFaults(errors: readonly ValidationError[], parent = ''): FieldFault[] {
  return errors.flatMap((error) => {
    const field = parent === '' ? error.property : `${parent}.${error.property}`;
    const own = Object.values(error.constraints ?? {}).map((detail) => ({ field, detail }));
    return [...own, ...fieldFaults(error.children ?? [], field)];
  });
}

/** Reads a JSON body into its DTO: unknown fields are refused by name, nothing is converted silently. */
export const bodyPipe = new ValidationPipe({
  transform: true,
  whitelist: true,
  forbidNonWhitelisted: true,
  forbidUnknownValues: true,
  stopAtFirstError: true,
  validationError: { target: false, value: false },
  exceptionFactory: (errors) => {
    const faults = fieldFaults(errors);
    const first = faults[0] ?? { field: 'body', detail: 'The body must be a JSON object.' };
    return new Problem('invalid-fields', `${first.field}: ${first.detail}`, {
      field: first.field,
      errors: faults.length > 0 ? faults : [first],
    });
  },
});
