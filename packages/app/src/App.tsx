import { createApp } from '@backstage/frontend-defaults';
import { homeModule } from './modules/home';
import { navModule } from './modules/nav';
import { signInModule } from './modules/signIn';
import { themeModule } from './modules/theme';

// The plugins are discovered: see `app.packages` in app-config.yaml.
export default createApp({
  features: [themeModule, signInModule, navModule, homeModule],
});
