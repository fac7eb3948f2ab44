/** Sources run as they are: swc strips the types, `#lib` imports point at the sources instead of dist. */
export default {
  testEnvironment: 'node',
  // A wait for ever still ends; a busy machine is no failure.
  testTimeout: 30_000,
  roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/test'],
  testMatch: ['**/*.spec.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        swcrc: false,
        sourceMaps: 'inline',
        jsc: {
          target: 'es2024',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
          keepClassNames: true,
        },
        module: { type: 'es6' },
      },
    ],
  },
  moduleNameMapper: {
    '^#(treaty|catalogue|ledger|views|http|embedded-eventstore)$': '<rootDir>/libs/$1/src/index.ts',
    '^#(depositary|registry|standalone)$': '<rootDir>/apps/$1/src/index.ts',
  },
};
