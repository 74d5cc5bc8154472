import 'dayjs/locale/zh-cn'
import locale from 'antd/locale/zh_CN'

export default { antd: locale, dayjs: 'zh-cn' }
