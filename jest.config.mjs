/** Sources run as they are: swc strips the types, `#lib` imports point at the sources instead of dist. */
export default {
  testEnvironment: 'node',
  // Many wait for what other processes do; jest would leave one core of two without work.
  maxWorkers: '100%',
  // No test asserts on time: this ends one that hangs, also on a machine that does much else.
  testTimeout: 120_000,
  roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/test'],
  testMatch: ['**/*.spec.ts', '**/*.spec.tsx'],
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: {
    '^.+\\.tsx?$': [
      '@swc/jest',
      {
        swcrc: false,
        sourceMaps: 'inline',
        jsc: {
          target: 'es2024',
          parser: { syntax: 'typescript', decorators: true, tsx: true },
          transform: {
            legacyDecorator: true,
            decoratorMetadata: true,
            react: { runtime: 'automatic', importSource: 'preact' },
          },
          keepClassNames: true,
        },
        module: { type: 'es6' },
      },
    ],
  },
  moduleNameMapper: {
    '^#(treaty|catalogue|ledger|views|http|tracing|pages|database|embedded-eventstore)$':
      '<rootDir>/libs/$1/src/index.ts',
    '^#(depositary|registry|notifier|standalone)$': '<rootDir>/apps/$1/src/index.ts',
  },
};
