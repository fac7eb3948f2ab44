import { inSpan } from '#tracing';

/**
 * Carries out a command inside a span of its own, which says what came of it; waiting for others is part of it.
 * Who sent the command and its words are in the ledger and never in a trace.
 */
export function asCommand<
  Result extends { readonly outcome: string; readonly refusals?: readonly { code: string }[] },
>(command: string, treaty: string, work: () => Promise<Result>): Promise<Result> {
  const attributes = { 'treaty_ledger.treaty': treaty };
  return inSpan(`command ${command}`, { attributes }, async (span) => {
    const result = await work();
    span.setAttribute('treaty_ledger.outcome', result.outcome);
    const [refusal] = result.refusals ?? [];
    if (refusal !== undefined) span.setAttribute('treaty_ledger.refusal', refusal.code);
    return result;
  });
}
