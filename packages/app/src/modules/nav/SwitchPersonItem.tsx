import { SidebarItem } from '@backstage/core-components';
import {
  errorApiRef,
  identityApiRef,
  useApi,
} from '@backstage/frontend-plugin-api';
import SwitchAccountIcon from '@mui/icons-material/SwitchAccount';
import { rememberedPerson } from '../signIn/rememberedPerson';

/**
 * Signs out and so leads back to the list of people. Absent unless the sign-in
 * was one of the development list.
 */
export const SwitchPersonItem = () => {
  const identityApi = useApi(identityApiRef);
  const errorApi = useApi(errorApiRef);

  if (!rememberedPerson.signedIn()) {
    return null;
  }
  return (
    <SidebarItem
      icon={() => <SwitchAccountIcon />}
      text="Switch person"
      onClick={() => {
        identityApi.signOut().catch(error => errorApi.post(error));
      }}
    />
  );
};
