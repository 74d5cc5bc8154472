import locale from 'antd/locale/en_US'

export default { antd: locale, dayjs: 'en' }
