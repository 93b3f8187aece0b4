# 简报用语。每个键在每种语言中都有；由测试加以比对。

# 纸张
paper-page-of = 第{ $page }页，共{ $pages }页
# 简报内容
briefing-link = 简报：可打印的两页
briefing-back = 返回区域
briefing-pdf = PDF，{ $value }
briefing-title = { $area }的监控摄像头
briefing-week = { $year }年第{ $week }周
briefing-unknown = 未知
briefing-more = 另有{ $value }项
briefing-short-interval = { $low }至{ $high }（95%）
briefing-open-interval = { $low }或更多（95%）
briefing-wide-value = { $low }至{ $high }
briefing-wide-interval = 95%；范围太宽，无法给出单一数字
briefing-rate-interval = { $low }至{ $high }（95%），用于区域间比较

briefing-found = 记录到的摄像头
briefing-found-interval = 计数所得，至少这么多
briefing-found-of = 在{ $area }
briefing-found-of-ground = 在{ $area }，{ $km2 }平方公里
briefing-found-means = 从公共空间可见；镜头数：{ $heads }
briefing-nobody-interval = 无人查看：未知，不是零
briefing-estimate = 计得与遗漏合计（估计）
briefing-estimate-bound = 计得与遗漏合计，至少约
briefing-estimate-none = 无估计
briefing-estimate-no-interval = 没有估计就没有区间
briefing-estimate-of-nothing = 没有由多个小组走访的街道
briefing-per-10000 = 每万名居民
briefing-rate-means = 记录到的摄像头，非估计
briefing-rate-few-interval = 不予公布：摄像头不足十个，或区间过宽
briefing-rate-none-interval = 缺少任一数字就没有比率
briefing-residents-none = 未说明居民数
briefing-residents-old = ；比本次计数早{ $years }年
briefing-surveyed = 所列街道已调查
briefing-surveyed-interval = 实测比例，因此没有区间
briefing-surveyed-of = 占全部应走访的街道或单元格
briefing-surveyed-of-units = 占应走访的{ $units }条街道或单元格（{ $extent }）
briefing-surveyed-means = 至少一个小组完整走访
briefing-surveyed-none = 没有应走访街道的清单
briefing-home-interval = 每个0.7平方公里的单元格取整为五的倍数后相加
briefing-home-withheld = 不予公布：区域太小
briefing-home-nobody = 无人报告，也未知是否有人查看：不是零
briefing-home-of = 在{ $area }，不计入此处任何其他数字
briefing-home-means = 住户的门铃和摄像头

briefing-map = 位于何处
briefing-map-text = 有摄像头的单元格：{ $some }个，最多的有{ $most }个；有人查看而未发现的单元格：{ $none }个。斜线部分未经调查：情况未知。

briefing-effort-caption = { $area }的走访情况，按各次调查列出
briefing-effort-means = 从头到尾走访
briefing-teams = 小组
briefing-named = 所列
briefing-walked = 一个小组走访
briefing-walked-all = 所有小组走访
briefing-none-found = 已走访，未发现
briefing-km = { $value }公里
briefing-km-share = { $value }公里（{ $share }%）
briefing-square-km = { $value }平方公里
briefing-square-km-share = { $value }平方公里（{ $share }%）
briefing-zero = 零：在{ $walked }条已走访的街道或单元格中，有{ $none }条没有任何小组报告摄像头。
briefing-not-surveyed = 未调查：{ $all }条街道或单元格中的{ $missing }条。情况未知，不是零。
briefing-not-surveyed-open = 各小组列出了{ $all }条街道或单元格。这占全部街道的多少，无人知晓。
briefing-along = 沿已走访的{ $extent }记录到的摄像头：{ $cameras }个；每公里{ $rate }个，{ $interval }。
briefing-along-few = 沿已走访的{ $extent }记录到的摄像头：{ $cameras }个，太少，无法给出每公里的比率。
briefing-along-cells = 在已走访的{ $extent }内记录到的摄像头：{ $cameras }个。
briefing-withheld = 不予公布：{ $value }。
briefing-withheld-nothing = 不予公布：此处没有。
briefing-withheld-rates = 由少量摄像头得出的比率
briefing-withheld-homes = 小区域的住户摄像头
briefing-observers = 一个小组可能是一人或多人：谁走访过没有记录。

briefing-shares-means = 记录到的摄像头

briefing-changes = 自上一发布版本以来
briefing-changes-none = 此前没有发布版本，因此无法说明变化。
briefing-changes-caption = { $area }的摄像头，从发布版本{ $before }到{ $after }
briefing-changes-means = 小单元格的净变动，与changes.csv一致
briefing-changes-what = 发生了什么
briefing-changes-how = 含义
briefing-before = 此前
briefing-before-means = 上一发布版本的计数
briefing-new = 新增
briefing-new-means = 此前已全部走访之处：此后安装，或当时遗漏
briefing-new-unknown = 未知：没有街道清单说明此前走访了什么
briefing-newly-found = 新发现
briefing-newly-found-means = 可能一直就在那里
briefing-gone = 已消失
briefing-gone-means = 经查已不在，或不再有报告
briefing-split = 拆分
briefing-split-means = 一个摄像头被认定为多个
briefing-merged = 合并
briefing-merged-means = 多个摄像头被认定为一个
briefing-stale = 未再确认
briefing-stale-means = 24个月无人确认
briefing-border = 边界处
briefing-border-means = 位于跨越区域边界的单元格中
briefing-after = 现在
briefing-after-means = 本发布版本的计数
briefing-trend = 只有两个版本的调查覆盖相同，即相同的街道和同样多的小组，才能谈趋势。小组越多，发现越多。
briefing-trend-walked = 此后首次完整走访：{ $extent }。

briefing-nearby = 与附近区域对照
briefing-nearby-caption = { $set }：最近的区域，按名称排列，不是排名
briefing-nearby-compared = 与{ $area }比较
briefing-nearby-here = 本区域
briefing-nearby-alike = 无法区分
briefing-nearby-apart = 差异超出偶然范围
briefing-nearby-uneven = 比率不同；调查覆盖不同或未知
briefing-nearby-few = 太少，无法比较
briefing-nearby-text = 在两个区域都已调查九成以上时，对记录到的比率作两两比较，95%的水平针对全部配对整体。这只涉及偶然性，不涉及遗漏了多少摄像头；摄像头多可能是因为志愿者多。

briefing-figures-caption = 已公布数字，与{ $area }记录到的摄像头对照：{ $cameras }
briefing-figures-means = 计数对象是否相同？
briefing-figures-linked = 此处已知接入网络的：{ $value }个。
briefing-figures-more = 另有{ $value }个已公布数字见比较页面。
briefing-figures-none = 此处所知的已公布数字都不涉及本区域。关于其他地方的，见比较页面：{ $value }个。

briefing-method = 方法与局限
briefing-counted = 计数对象：墙面、立杆和建筑物上从公共空间能看到的摄像头，包括表中各类型，截至{ $week }报告，并经审核员接受或由普查主办者导入。不计：室内、隐藏、车载和随身摄像头。住户摄像头单独计数。
briefing-dates = { $week }（不含最近一次目击早于此前{ $months }个月的，除非登记册列有）
briefing-sources = 本次普查的报告来自：{ $value }。
briefing-covers = 估计的区间涵盖各小组在每组都走访过的街道上碰巧看到哪些摄像头。不涵盖抽样误差、未走访的街道、彼此知情的小组或错误报告。比率的区间只涵盖偶然性。
briefing-covers-none = 没有估计，因此此处无法说明遗漏了多少摄像头。比率的区间只涵盖偶然性。
briefing-bias = 已知误差：较难看到的摄像头使估计偏低；同一摄像头的报告未能匹配使估计偏高；两个摄像头的报告被合为一个使估计偏低。
briefing-working = 记录到的摄像头不等于正在工作的摄像头。运营方以报告为准，往往由安装位置推断。
briefing-frame = 没有任何数字推算到调查之外的街道，此处也不说明摄像头为何设在那里。
briefing-small = 小数目：摄像头不少于十个且区间宽度不超过比率的1.6倍时才刊出比率；合计不少于十个时才刊出占比。

briefing-check = 自行核对
briefing-check-files = 数字见于
briefing-check-method = 数字如何得出：
briefing-check-boundaries = 边界：{ $set }，{ $edition }。
briefing-check-release = 发布版本{ $value }。manifest.json的SHA-256：
briefing-check-licence = 许可协议：{ $value }。引用方式：
briefing-check-rebuild = 由{ $value }生成。相同的报告得到相同的字节；持有文件者可以运行

file-effort-areas = 每个区域的走访情况，按各次调查列出
