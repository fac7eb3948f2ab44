import { ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { Problem, type FieldFault } from './problem.ts';

/**
 * What is wrong with the body: one fault for each field, named by its path (`finalClauses.entryIntoForce.threshold`).
 * Of several it is that of the topmost decorator, which says what kind of value belongs there; they are found from
 * the bottom up.
 */
export function fieldFaults(errors: readonly ValidationError[], parent = ''): FieldFault[] {
  return errors.flatMap((error) => {
    const field = parent === '' ? error.property : `${parent}.${error.property}`;
    const detail = Object.values(error.constraints ?? {}).at(-1);
    const own = detail === undefined ? [] : [{ field, detail }];
    return [...own, ...fieldFaults(error.children ?? [], field)];
  });
}

/** Reads a JSON body into its DTO: unknown fields are refused by name, nothing is converted silently. */
export const bodyPipe = new ValidationPipe({
  transform: true,
  whitelist: true,
  forbidNonWhitelisted: true,
  forbidUnknownValues: true,
  validationError: { target: false, value: false },
  exceptionFactory: (errors) => {
    const faults = fieldFaults(errors);
    const first = faults[0] ?? { field: 'body', detail: 'The body must be a JSON object.' };
    const { field, detail } = first;
    return new Problem('invalid-fields', detail.includes(field) ? detail : `${field}: ${detail}`, {
      field,
      errors: faults.length > 0 ? faults : [first],
    });
  },
});
