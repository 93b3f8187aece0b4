# كلمات الموجزات. كل مفتاح موجود في كل لغة؛ واختبارٌ يقارن بينها.

# الورق
paper-page-of = صفحة { $page } من { $pages }
# مضمون الموجز
briefing-link = موجز: صفحتان للطباعة
briefing-back = العودة إلى المنطقة
briefing-pdf = PDF، { $value }
briefing-title = كاميرات المراقبة في { $area }
briefing-week = الأسبوع { $week } من عام { $year }
briefing-unknown = غير معروف
briefing-more = و{ $value } أخرى
briefing-short-interval = من { $low } إلى { $high } (95%)
briefing-open-interval = { $low } أو أكثر (95%)
briefing-wide-value = { $low } إلى { $high }
briefing-wide-interval = 95%؛ أوسع من أن يُذكر معه عدد واحد
briefing-rate-interval = من { $low } إلى { $high } (95%)، للمقارنة بين المناطق

briefing-found = الكاميرات المسجَّلة
briefing-found-interval = محصاة، وهذا حد أدنى
briefing-found-of = في { $area }
briefing-found-of-ground = في { $area }، { $km2 } كم²
briefing-found-means = تُرى من الفضاء العام؛ رؤوس الكاميرات: { $heads }
briefing-nobody-interval = لم يبحث أحد: غير معروف وليس صفرًا
briefing-estimate = المحسوب وما فات، تقديرًا
briefing-estimate-bound = المحسوب وما فات، نحو هذا على الأقل
briefing-estimate-none = لا تقدير
briefing-estimate-no-interval = لا فترة ثقة بلا تقدير
briefing-estimate-of-nothing = لا شوارع مسحتها عدة فرق
briefing-per-10000 = لكل 10,000 من السكان
briefing-rate-means = كاميرات مسجَّلة لا مقدَّرة
briefing-rate-few-interval = محجوب: أقل من عشر كاميرات، أو فترة ثقة واسعة جدًا
briefing-rate-none-interval = لا معدل دون العددين معًا
briefing-residents-none = عدد السكان غير مذكور
briefing-residents-old = ؛ أقدم من هذا التعداد بأعوام عددها { $years }
briefing-surveyed = الممسوح من الشوارع المدرجة
briefing-surveyed-interval = نسبة مقيسة، ولذلك لا فترة ثقة لها
briefing-surveyed-of = من كل الشوارع أو الخلايا المطلوب مسحها
briefing-surveyed-of-units = من { $units } من الشوارع أو الخلايا المطلوب مسحها ({ $extent })
briefing-surveyed-means = مسحها فريق واحد على الأقل بالكامل
briefing-surveyed-none = لا قائمة بشوارع للمسح
briefing-home-interval = كل خلية مساحتها 0.7 كم² مقرَّبة إلى مضاعف للخمسة، ثم جُمعت
briefing-home-withheld = محجوب: المنطقة صغيرة جدًا
briefing-home-nobody = لم يُبلغ عن شيء، ولا يُعرف أن أحدًا قد بحث: ليس صفرًا
briefing-home-of = في { $area }، وليست في أي عدد آخر هنا
briefing-home-means = أجراس أبواب الأسر وكاميراتها

briefing-map = أين هي
briefing-map-text = خلايا فيها كاميرات: { $some }، وأكبر عدد في خلية واحدة: { $most }؛ وخلايا بحث فيها أحد ولم يعثر على شيء: { $none }. والأرض المظللة بخطوط لم تُمسح: ما فيها غير معروف.

briefing-effort-caption = ما مُسح في { $area } بحسب عملية المسح
briefing-effort-means = مُسح من أوله إلى آخره
briefing-teams = الفرق
briefing-named = المدرج
briefing-walked = مسحه فريق
briefing-walked-all = مسحته كل الفرق
briefing-none-found = مُسح ولم يُعثر على شيء
briefing-km = { $value } كم
briefing-km-share = { $value } كم ({ $share }%)
briefing-square-km = { $value } كم²
briefing-square-km-share = { $value } كم² ({ $share }%)
briefing-zero = صفر: في { $none } من { $walked } من الشوارع أو الخلايا الممسوحة لم يبلّغ أي فريق عن كاميرا.
briefing-not-surveyed = لم يُمسح: { $missing } من { $all } من الشوارع أو الخلايا. ما فيها غير معروف وليس صفرًا.
briefing-not-surveyed-open = سمّت الفرق { $all } من الشوارع أو الخلايا. ولا يعرف أحد كم نسبتها من جميع الشوارع.
briefing-along = الكاميرات المسجَّلة على امتداد الشوارع الممسوحة ({ $extent }): { $cameras }؛ لكل كم { $rate }، { $interval }.
briefing-along-few = الكاميرات المسجَّلة على امتداد الشوارع الممسوحة ({ $extent }): { $cameras }، وهي أقل من أن يُحسب لها معدل لكل كم.
briefing-along-cells = الكاميرات المسجَّلة في الخلايا الممسوحة ({ $extent }): { $cameras }.
briefing-withheld = محجوب: { $value }.
briefing-withheld-nothing = محجوب: لا شيء هنا.
briefing-withheld-rates = معدلات من كاميرات قليلة
briefing-withheld-homes = كاميرات منزلية في منطقة صغيرة
briefing-observers = قد يكون الفريق شخصًا واحدًا أو كثيرين: لا أحد يسجل من قام بالمسح.

briefing-shares-means = كاميرات مسجَّلة

briefing-changes = منذ الإصدار السابق
briefing-changes-none = لا إصدار قبل هذا، فلا يمكن قول شيء عن التغير.
briefing-changes-caption = الكاميرات في { $area } من الإصدار { $before } إلى { $after }
briefing-changes-means = صافي تغيرات الخلايا الصغيرة، كما في changes.csv
briefing-changes-what = ما حدث
briefing-changes-how = ما يعنيه
briefing-before = سابقًا
briefing-before-means = عُدّت في الإصدار السابق
briefing-new = جديدة
briefing-new-means = حيث كان كل شيء قد مُسح: رُكّبت بعد ذلك أو فاتت حينها
briefing-new-unknown = غير معروف: لا قائمة شوارع تبيّن ما كان قد مُسح
briefing-newly-found = اكتُشفت حديثًا
briefing-newly-found-means = ربما كانت هناك طوال الوقت
briefing-gone = زالت
briefing-gone-means = تبيّن زوالها، أو لم يعد يُبلَّغ عنها
briefing-split = فُصلت
briefing-split-means = تبيّن أن كاميرا واحدة هي عدة كاميرات
briefing-merged = دُمجت
briefing-merged-means = تبيّن أن عدة كاميرات هي واحدة
briefing-stale = لم تؤكَّد
briefing-stale-means = لم يؤكدها أحد منذ 24 شهرًا
briefing-border = عند الحدود
briefing-border-means = في خلايا تعبر حدود المنطقة
briefing-after = الآن
briefing-after-means = عُدّت في هذا الإصدار
briefing-trend = يتطلب الاتجاه الزمني جهد المسح نفسه في الإصدارين: الشوارع نفسها وعدد الفرق نفسه. فكلما زادت الفرق زاد ما تعثر عليه.
briefing-trend-walked = ما مُسح كاملًا لأول مرة منذ ذلك الحين: { $extent }.

briefing-nearby = إلى جانب المناطق القريبة
briefing-nearby-caption = { $set }: أقرب المناطق مرتبةً حسب الاسم، وليس هذا تصنيفًا
briefing-nearby-compared = المقارنة مع { $area }
briefing-nearby-here = هذه المنطقة
briefing-nearby-alike = لا يمكن التمييز
briefing-nearby-apart = الفرق أكبر مما تفسره المصادفة
briefing-nearby-uneven = المعدلات مختلفة؛ وجهد المسح مختلف أو غير معروف
briefing-nearby-few = أقل من أن تُقارن
briefing-nearby-text = تُقارن المعدلات المسجَّلة زوجًا زوجًا عند مستوى ثقة 95% لجميع الأزواج معًا، حيث مُسح من المنطقتين تسعة أعشار أو أكثر. وهذا يخص المصادفة وحدها، لا عدد ما فات من كاميرات؛ وقد تعني زيادة الكاميرات زيادة المتطوعين.

briefing-figures-caption = الأرقام المنشورة بجانب الكاميرات المسجَّلة في { $area }: { $cameras }
briefing-figures-means = هل تعدّ الشيء نفسه؟
briefing-figures-linked = المعروف أنه موصول هنا: { $value }.
briefing-figures-more = وفي صفحة المقارنات أرقام منشورة أخرى، عددها { $value }.
briefing-figures-none = لا يتحدث أي رقم منشور معروف هنا عن هذه المنطقة. وعن أماكن أخرى، في صفحة المقارنات: { $value }.

briefing-method = المنهج وحدوده
briefing-counted = المحسوب: كاميرات على الجدران والأعمدة والمباني يمكن رؤيتها من الفضاء العام، من كل نوع في الجدول، أُبلغ عنها حتى { $week }، وقَبِلها مراجع أو أدخلها القائمون على التعداد. غير المحسوب: الكاميرات الداخلية والمخفية وكاميرات المركبات والكاميرات المحمولة على الجسم. وتُعدّ الكاميرات المنزلية على حدة.
briefing-dates = { $week } (عدا ما شوهد آخر مرة قبله بأكثر من { $months } شهرًا، ما لم يرد في سجل)
briefing-sources = بلاغات هذا التعداد واردة من: { $value }.
briefing-covers = تراعي فترة الثقة للتقدير أيّ الكاميرات صادف أن رأتها الفرق، في الشوارع التي مسحها كل فريق. ولا تراعي المعاينة ولا الشوارع غير الممسوحة ولا علم الفرق بعضها ببعض ولا البلاغات الخاطئة. أما فترات الثقة للمعدلات فتراعي المصادفة وحدها.
briefing-covers-none = لا يوجد تقدير، فلا شيء هنا يقول كم كاميرا فاتت. وفترات الثقة للمعدلات تراعي المصادفة وحدها.
briefing-bias = أخطاء معروفة: الكاميرات الأصعب رؤيةً تجعل التقدير أدنى من الواقع؛ وبلاغات الكاميرا الواحدة التي لم تُطابق تجعله أعلى منه؛ وبلاغات كاميرتين طوبقت كأنها لكاميرا واحدة تجعله أدنى منه.
briefing-working = الكاميرا المسجَّلة ليست بالضرورة كاميرا عاملة. وجهة تشغيلها كما أُبلغ عنها، وكثيرًا ما تُستنتج مما ثُبّتت عليه.
briefing-frame = لا يُعمَّم أي عدد على شوارع خارج المسح، ولا شيء هنا يقول لماذا توجد الكاميرات حيث توجد.
briefing-small = الأعداد الصغيرة: يُطبع المعدل ابتداءً من عشر كاميرات إذا لم تتجاوز فترة ثقته 1.6 مرة من المعدل؛ وتُطبع النسب حيث أُحصيت عشر كاميرات أو أكثر في المجموع.

briefing-check = تحقق بنفسك
briefing-check-files = الأعداد موجودة في
briefing-check-method = كيف نتجت:
briefing-check-boundaries = الحدود: { $set }، { $edition }.
briefing-check-release = الإصدار { $value }. قيمة SHA-256 للملف manifest.json:
briefing-check-licence = الترخيص: { $value }. يُستشهد به هكذا:
briefing-check-rebuild = أُعدّ باستخدام { $value }. البلاغات نفسها تعطي البايتات نفسها؛ ومن لديه الملفات يمكنه تشغيل

file-effort-areas = ما مُسح في كل منطقة، بحسب عملية المسح
