/** gRPC status codes that the store answers. */
export const grpcStatus = {
  ok: 0,
  cancelled: 1,
  unknown: 2,
  invalidArgument: 3,
  deadlineExceeded: 4,
  notFound: 5,
  alreadyExists: 6,
  resourceExhausted: 8,
  failedPrecondition: 9,
  unimplemented: 12,
  internal: 13,
  unavailable: 14,
} as const;

/** An error that ends a call: status, message and the trailers by which the client picks its class. */
export class GrpcError extends Error {
  readonly status: number;
  readonly trailers: Readonly<Record<string, string>>;

  constructor(status: number, message: string, trailers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.trailers = trailers;
  }
}

/** The stream was tombstoned: it can be neither read nor appended to, for ever. */
export function streamDeleted(stream: string): GrpcError {
  return new GrpcError(grpcStatus.failedPrecondition, `Event stream '${stream}' is deleted.`, {
    exception: 'stream-deleted',
    'stream-name': stream,
  });
}

export function invalidArgument(message: string): GrpcError {
  return new GrpcError(grpcStatus.invalidArgument, message);
}

export function maximumAppendSizeExceeded(maximum: number): GrpcError {
  return new GrpcError(grpcStatus.invalidArgument, `Maximum Append Size of ${maximum} Exceeded.`, {
    exception: 'maximum-append-size-exceeded',
    'maximum-append-size': String(maximum),
  });
}

export function missingMetadata(missing: string): GrpcError {
  return new GrpcError(
    grpcStatus.invalidArgument,
    `Required Metadata Property '${missing}' is missing`,
    {
      exception: 'missing-required-metadata-property',
      'required-metadata-properties': 'type,content-type',
    },
  );
}

export const serverNotReady = (): GrpcError =>
  new GrpcError(grpcStatus.unavailable, 'Server Is Not Ready');
