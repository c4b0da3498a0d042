export { Announcer } from './Announcer';
export { AuditedOnboardingService } from './AuditedOnboardingService';
export { AuthorizedOnboardingService } from './AuthorizedOnboardingService';
export { Checklist } from './Checklist';
export { DefaultOnboardingService } from './DefaultOnboardingService';
export { TourCatalog } from './TourCatalog';
