import { api, type Schemas, useRefreshUnder } from '@/api/client'

export type Message = Schemas['MessageView']
export type Template = Schemas['MessageTemplateView']
export type State = Message['state']

export const states: State[] = ['queued', 'unclear', 'failed', 'sent', 'suppressed', 'stopped']
export const channels = ['mail', 'sms', 'wecom', 'webhook'] as const
export const purposes = ['greeting', 'notice', 'offer', 'invitation', 'answer'] as const

/** useTemplates lists the templates in use. */
export const useTemplates = () => api.useQuery('get', '/api/v1/message-templates', {})

/** useChannels lists the ways messages leave the house. */
export const useChannels = () => api.useQuery('get', '/api/v1/channels', {})

/** useSettle loads again whatever shows messages and templates. */
export const useSettle = () =>
  useRefreshUnder('/api/v1/messages', '/api/v1/message-templates', '/api/v1/customers/{id}/messages')
