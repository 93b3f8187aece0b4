# What the map says in the browser; the page hands this file over to its script.

script-map-label = خريطة أعداد الكاميرات. مفاتيح الأسهم تحركها، والزائد والناقص للتكبير والتصغير، ومفتاح الإدخال يعرض الخلية التي في الوسط.
script-column-cell = الخلية
script-column-cameras = الكاميرات
script-column-km2 = لكل كم²
script-column-heads = الرؤوس
script-column-home = الكاميرات المنزلية (نحو)
script-in-view = في المشهد: { $cells ->
        [one] خلية واحدة
        [two] خليتان
        [few] { $cells } خلايا
       *[other] { $cells } خلية
    }، وعدد الكاميرات { $cameras } على الأقل. خلايا بدقة { $resolution }، مساحة كل منها نحو { $km2 } كم².
script-in-view-none = لم يُبلغ عن أي كاميرا في هذا المشهد وفق هذا الاختيار.
script-in-view-limit = تُذكر هنا الخلايا الأكثر كاميرات، وعددها { $limit }.
script-filter-all = جميع الكاميرات
script-filter-kinds = هذه الأنواع فقط: { $names }
script-filter-operators = جهات التشغيل هذه فقط: { $names }
script-filter-nothing = لم يُختر شيء، ولذلك لا يُحسب شيء.
script-go-to = عرض الخلية { $cell } على الخريطة
script-details = الخلية { $cell }
script-details-none = لا توجد هنا خلية فيها كاميرات.
script-area = المساحة
script-area-value = { $km2 } كم²
script-kinds = حسب النوع
script-operators = حسب جهة التشغيل
script-home = الكاميرات المنزلية
script-home-value = نحو { $home }
script-home-closed = محجوب في الخلايا بهذا الصغر
script-surveyed = ما مُسح
script-surveyed-value = { $share } منها
script-surveyed-unknown = غير معروف
script-failed = لم تبدأ الخريطة التفاعلية في هذا المتصفح. تعرض الصورة والجداول الأرقام نفسها.
script-cooperative-touch = لتحريك الخريطة استخدم إصبعين
map-nobody = غير معروف: لم يبحث أحد، وهذا ليس صفرًا
map-few-for-rate = كاميرات أقل من أن يُحسب لها معدل
map-smoothed = لكل كم²، كما ترسمه الخريطة
