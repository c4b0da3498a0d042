import { SidebarItem } from '@backstage/core-components';
import { useApiHolder } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  declareApiRef,
  incidentsTranslationRef,
} from '@handrail/plugin-incidents';
import AddAlertOutlinedIcon from '@mui/icons-material/AddAlertOutlined';

/**
 * Opens the form that declares an incident; absent without the plugin. Stands
 * below the incidents, where one word is enough and fits.
 */
export const DeclareItem = () => {
  const launcher = useApiHolder().get(declareApiRef);
  const { t } = useTranslationRef(incidentsTranslationRef);
  if (!launcher) {
    return null;
  }
  return (
    <SidebarItem
      icon={() => <AddAlertOutlinedIcon />}
      text={t('declare.sidebar')}
      title={t('declare.action')}
      onClick={() => launcher.open()}
    />
  );
};
