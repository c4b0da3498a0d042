export * from './budget';
export * from './burnDown';
export * from './counts';
export * from './evaluate';
export * from './slices';
export * from './tiers';
