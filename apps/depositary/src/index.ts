export * from './clock.ts';
export * from './depositary.module.ts';
export * from './read-your-writes.ts';
export * from './staff/officer.ts';
export * from './staff/permissions.ts';
export { StaffGuard } from './staff/staff.guard.ts';
