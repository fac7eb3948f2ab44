export interface Instruction {
  readonly word: string;
  readonly rest: string;
}
export function instructionsOf(file: string): Instruction[];
export function environmentOf(instructions: readonly Instruction[]): Record<string, string>;
export function commandOf(instructions: readonly Instruction[], of: string): string[];
