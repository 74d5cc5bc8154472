import { createRouter } from '@tanstack/react-router'
import { adminRoutes } from '@/features/admin/routes'
import { complaintRoutes } from '@/features/complaint/routes'
import { customerRoutes, customerSettingsRoutes } from '@/features/customer/routes'
import { dutyRoutes } from '@/features/duty/routes'
import { giftRoutes } from '@/features/gift/routes'
import { gradingRoutes } from '@/features/grading/routes'
import { handoverRoutes } from '@/features/handover/routes'
import { importRoutes } from '@/features/importer/routes'
import { jobRoutes } from '@/features/job/routes'
import { knowledgeRoutes } from '@/features/knowledge/routes'
import { channelsRoute, messageRoutes } from '@/features/message/routes'
import { ownershipRoutes } from '@/features/ownership/routes'
import { procedureRoutes } from '@/features/procedure/routes'
import { promiseRoutes } from '@/features/promise/routes'
import {
  invitationRoute,
  publicArticleRoute,
  publicArticlesRoute,
  publicRoute,
  publicSettingsRoute,
  unsubscribeRoute,
} from '@/features/public/routes'
import { reviewRoutes } from '@/features/review/routes'
import { rulebookRoutes } from '@/features/rulebook/routes'
import { seminarRoutes } from '@/features/seminar/routes'
import { sessionRoutes } from '@/features/session/routes'
import { statementRoutes } from '@/features/statement/routes'
import { statusRoute } from '@/features/status/routes'
import { trainingRoutes } from '@/features/training/routes'
import { visitRoutes } from '@/features/visit/routes'
import { workbenchRoutes } from '@/features/workbench/routes'
import { nowhereRoute, rootRoute, settingsRoute, shellRoute } from './roots'
import { parseSearch, stringifySearch } from './search'

const PRELOAD_DELAY_MS = 60

const tree = rootRoute.addChildren([
  ...sessionRoutes,
  publicRoute,
  unsubscribeRoute,
  invitationRoute,
  publicArticlesRoute,
  publicArticleRoute,
  shellRoute.addChildren([
    ...workbenchRoutes,
    ...customerRoutes,
    ...gradingRoutes,
    ...reviewRoutes,
    ...dutyRoutes,
    ...statementRoutes,
    ...visitRoutes,
    ...giftRoutes,
    ...promiseRoutes,
    ...seminarRoutes,
    ...ownershipRoutes,
    ...handoverRoutes,
    ...complaintRoutes,
    ...procedureRoutes,
    ...messageRoutes,
    ...knowledgeRoutes,
    ...trainingRoutes,
    ...rulebookRoutes,
    ...importRoutes,
    ...jobRoutes,
    settingsRoute.addChildren([
      ...adminRoutes,
      ...customerSettingsRoutes,
      publicSettingsRoute,
      channelsRoute,
      statusRoute,
    ]),
    nowhereRoute,
  ]),
])

/** All pages. Each feature lists its own in `features/<noun>/routes.ts`. */
export const router = createRouter({
  routeTree: tree,
  parseSearch,
  stringifySearch,
  defaultPreload: 'intent',
  defaultPreloadDelay: PRELOAD_DELAY_MS,
  scrollRestoration: true,
  scrollToTopSelectors: ['#main'],
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
