import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import {
  AppRootElementBlueprint,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { EntityContextMenuItemBlueprint } from '@backstage/plugin-catalog-react/alpha';
import AddAlertOutlinedIcon from '@mui/icons-material/AddAlertOutlined';
import { declareApiRef } from '../api';
import { DeclareHost } from '../components/Declare/DeclareHost';
import { AFFECTED_KINDS } from '../lib/kinds';
import { incidentsTranslationRef } from '../translation';

export const declareElement = AppRootElementBlueprint.make({
  name: 'declare',
  params: { element: <DeclareHost /> },
});

export const declareMenuItem = EntityContextMenuItemBlueprint.make({
  name: 'declare',
  params: {
    icon: <AddAlertOutlinedIcon fontSize="small" />,
    filter: { kind: { $in: AFFECTED_KINDS } },
    useProps: () => {
      const { entity } = useEntity();
      const { t } = useTranslationRef(incidentsTranslationRef);
      const launcher = useApi(declareApiRef);
      return {
        title: t('declare.action'),
        onClick: async () =>
          launcher.open({
            entityRef: stringifyEntityRef(entity),
            entityName: entity.metadata.title ?? entity.metadata.name,
          }),
      };
    },
  },
});
