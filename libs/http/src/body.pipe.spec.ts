import { expect, it } from '@jest/globals';
import { IsArray, IsInt, IsString, Max, MaxLength, Min } from 'class-validator';
import { bodyPipe } from './body.pipe.ts';
import type { Problem } from './problem.ts';

class Asked {
  @IsString()
  @MaxLength(5)
  name!: string;

  @IsArray()
  @IsInt({ each: true })
  @Min(1, { each: true })
  @Max(9, { each: true })
  counts: number[] = [];
}

const faultOf = async (body: object): Promise<unknown> => {
  const refused = bodyPipe.transform(body, { type: 'body', metatype: Asked });
  return refused.then(
    () => null,
    (problem: Problem) => problem.details.detail,
  );
};

it.each([
  [{ name: 'fits', counts: [1, 9] }, null],
  [{}, 'name must be a string'],
  [{ name: 7 }, 'name must be a string'],
  [{ name: 'too long' }, 'name must be shorter than or equal to 5 characters'],
  [{ name: 'fits', counts: 'x' }, 'counts must be an array'],
  [{ name: 'fits', counts: ['x'] }, 'each value in counts must be an integer number'],
  [{ name: 'fits', counts: [10] }, 'each value in counts must not be greater than 9'],
  [{ name: 'fits', more: 1 }, 'property more should not exist'],
])('says of %j what kind of value is wanted before what bounds it has', async (body, fault) => {
  expect(await faultOf(body)).toBe(fault);
});
