import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { type RenderResult, render } from '@testing-library/react'
import { App, ConfigProvider } from 'antd'
import type { ReactElement, ReactNode } from 'react'

/** show renders a part of the kit with what every page has around it: server state and messages. */
export function show(ui: ReactElement): RenderResult {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false, gcTime: 0 } } })
  const Around = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={client}>
      <ConfigProvider button={{ autoInsertSpace: false }}>
        <App component={false}>{children}</App>
      </ConfigProvider>
    </QueryClientProvider>
  )
  return render(ui, { wrapper: Around })
}
