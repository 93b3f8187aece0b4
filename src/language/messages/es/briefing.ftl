# Palabras de los informes.

# Paper
paper-page-of = Página { $page } de { $pages }
# The content of a briefing
briefing-link = Informe: dos páginas para imprimir
briefing-back = Volver a la zona
briefing-pdf = PDF, { $value }
briefing-title = Cámaras de vigilancia en { $area }
briefing-week = semana { $week } de { $year }
briefing-unknown = no se sabe
briefing-more = y { $value } más
briefing-short-interval = de { $low } a { $high } (95 %)
briefing-open-interval = { $low } o más (95 %)
briefing-wide-value = { $low } a { $high }
briefing-wide-interval = 95 %; demasiado amplio para dar un solo número
briefing-rate-interval = de { $low } a { $high } (95 %), para comparar zonas

briefing-found = Cámaras registradas
briefing-found-interval = contadas: hay al menos estas
briefing-found-of = en { $area }
briefing-found-of-ground = en { $area }, { $km2 } km²
briefing-found-means = visibles desde el espacio público; cabezales: { $heads }
briefing-nobody-interval = nadie miró: desconocido, no cero
briefing-estimate = Contadas y pasadas por alto, estimadas
briefing-estimate-bound = Contadas y pasadas por alto, al menos unas
briefing-estimate-none = sin estimación
briefing-estimate-no-interval = sin estimación no hay intervalo
briefing-estimate-of-nothing = ninguna calle recorrida por varios equipos
briefing-per-10000 = Por 10 000 habitantes
briefing-rate-means = cámaras registradas, no estimadas
briefing-rate-few-interval = retenida: menos de diez cámaras o un intervalo demasiado ancho
briefing-rate-none-interval = sin ambos números no hay tasa
briefing-residents-none = no se indican los habitantes
briefing-residents-old = ; { $years } años anteriores a este recuento
briefing-surveyed = Calles listadas recorridas
briefing-surveyed-interval = proporción medida, sin intervalo
briefing-surveyed-of = de todas las calles o celdas previstas
briefing-surveyed-of-units = de las { $units } calles o celdas previstas ({ $extent })
briefing-surveyed-means = recorridas por completo por al menos un equipo
briefing-surveyed-none = no hay lista de calles por recorrer
briefing-home-interval = cada celda de 0,7 km² redondeada a un múltiplo de cinco, y sumadas
briefing-home-withheld = retenido: la zona es demasiado pequeña
briefing-home-nobody = ninguna señalada, y no consta que alguien mirara: no es cero
briefing-home-of = en { $area }, y en ningún otro número de aquí
briefing-home-means = timbres y cámaras de hogares

briefing-map = Dónde están
briefing-map-text = Celdas con cámaras: { $some }; la que más tiene: { $most }. Celdas en las que alguien miró y no encontró ninguna: { $none }. El terreno rayado no se recorrió: lo que hay allí se desconoce.

briefing-effort-caption = Lo recorrido en { $area }, por ronda
briefing-effort-means = recorrido de extremo a extremo
briefing-teams = Equipos
briefing-named = Previsto
briefing-walked = Recorrido por un equipo
briefing-walked-all = Recorrido por todos los equipos
briefing-none-found = Recorrido, ninguna hallada
briefing-km = { $value } km
briefing-km-share = { $value } km ({ $share } %)
briefing-square-km = { $value } km²
briefing-square-km-share = { $value } km² ({ $share } %)
briefing-zero = Cero: en { $none } de { $walked } calles o celdas recorridas ningún equipo señaló ninguna cámara.
briefing-not-surveyed = Sin recorrer: { $missing } de { $all } calles o celdas. Lo que hay allí se desconoce; no es cero.
briefing-not-surveyed-open = Los equipos nombraron { $all } calles o celdas. Qué proporción de todas las calles es, nadie lo sabe.
briefing-along = Cámaras registradas en las calles recorridas ({ $extent }): { $cameras }; por km { $rate }, { $interval }.
briefing-along-few = Cámaras registradas en las calles recorridas ({ $extent }): { $cameras }, demasiado pocas para una tasa por km.
briefing-along-cells = Cámaras registradas en las celdas recorridas ({ $extent }): { $cameras }.
briefing-withheld = Retenido: { $value }.
briefing-withheld-nothing = Retenido: nada aquí.
briefing-withheld-rates = tasas con pocas cámaras
briefing-withheld-homes = cámaras domésticas en una zona pequeña
briefing-observers = Un equipo puede ser una persona o muchas: nadie anota quién caminó.

briefing-shares-means = cámaras registradas

briefing-changes = Desde la edición anterior
briefing-changes-none = No hay edición anterior, así que nada puede decirse sobre cambios.
briefing-changes-caption = Cámaras en { $area }, de la edición { $before } a la { $after }
briefing-changes-means = cambios netos de celdas pequeñas, como en changes.csv
briefing-changes-what = Qué pasó
briefing-changes-how = Qué significa
briefing-before = Antes
briefing-before-means = contadas en la edición anterior
briefing-new = Nuevas
briefing-new-means = donde ya se había recorrido todo: instaladas desde entonces, o no vistas antes
briefing-new-unknown = se desconoce: ninguna lista de calles dice qué se había recorrido
briefing-newly-found = Recién encontradas
briefing-newly-found-means = quizá estaban desde siempre
briefing-gone = Desaparecidas
briefing-gone-means = se vio que ya no están, o ya no se señalan
briefing-split = Separadas
briefing-split-means = una cámara resultó ser varias
briefing-merged = Unidas
briefing-merged-means = varias cámaras resultaron ser una
briefing-stale = Sin confirmar
briefing-stale-means = nadie las ha confirmado en 24 meses
briefing-border = En el límite
briefing-border-means = en celdas que cruzan el límite de la zona
briefing-after = Ahora
briefing-after-means = contadas en esta edición
briefing-trend = Una tendencia requiere el mismo esfuerzo en ambas ediciones: las mismas calles y los mismos equipos. Más equipos encuentran más.
briefing-trend-walked = Recorrido por completo por primera vez desde entonces: { $extent }.

briefing-nearby = Junto a las zonas cercanas
briefing-nearby-caption = { $set }: las zonas más cercanas, por orden alfabético; no es una clasificación
briefing-nearby-compared = Comparada con { $area }
briefing-nearby-here = esta zona
briefing-nearby-alike = no se puede distinguir
briefing-nearby-apart = difiere más de lo que explica el azar
briefing-nearby-uneven = difieren las tasas; esfuerzo desigual o desconocido
briefing-nearby-few = demasiado pocas para comparar
briefing-nearby-text = Las tasas registradas se comparan de dos en dos, al 95 % para todos los pares a la vez, donde ambas zonas se recorrieron en nueve décimas partes o más. Eso solo habla del azar, no de cuántas cámaras se pasaron por alto; más cámaras pueden significar más voluntarios.

briefing-figures-caption = Cifras publicadas, junto a las cámaras registradas en { $area }: { $cameras }
briefing-figures-means = ¿cuentan lo mismo?
briefing-figures-linked = Conectadas aquí, que se sepa: { $value }.
briefing-figures-more = Más cifras publicadas en la página de comparaciones: { $value }.
briefing-figures-none = Ninguna cifra publicada que se conozca aquí habla de esta zona. De otros lugares, en la página de comparaciones: { $value }.

briefing-method = Método y límites
briefing-counted = Se cuentan: cámaras en paredes, postes y edificios que pueden verse desde el espacio público, de todos los tipos de la tabla, señaladas hasta la { $week } y aceptadas por un revisor o incorporadas por quien lleva el censo. No se cuentan: cámaras interiores, ocultas, de vehículos o corporales. Las domésticas se cuentan aparte.
briefing-dates = { $week } (sin las vistas por última vez más de { $months } meses antes, salvo que figuren en un registro oficial)
briefing-sources = Los avisos de este censo proceden de: { $value }.
briefing-covers = El intervalo de la estimación abarca el azar de qué cámaras vieron los equipos, en las calles que todos recorrieron. No abarca el muestreo, las calles sin recorrer, los equipos que sabían unos de otros ni los avisos erróneos. Los intervalos de las tasas abarcan solo el azar.
briefing-covers-none = No hay estimación, así que nada aquí dice cuántas cámaras se pasaron por alto. Los intervalos de las tasas abarcan solo el azar.
briefing-bias = Errores conocidos: las cámaras más difíciles de ver que otras hacen la estimación demasiado baja; los avisos de una misma cámara que no se unieron, demasiado alta; los de dos cámaras que se unieron en una, demasiado baja.
briefing-working = Una cámara registrada no es una cámara que funciona. Quién la opera es lo que se indicó, a menudo deducido de aquello a lo que está fijada.
briefing-frame = Nada se extrapola a calles fuera del recorrido, y nada aquí dice por qué las cámaras están donde están.
briefing-small = Números pequeños: una tasa se imprime a partir de diez cámaras, si su intervalo no es más ancho que 1,6 veces la tasa; las proporciones, donde se contaron diez cámaras o más en total.

briefing-check = Compruébelo usted
briefing-check-files = Los números están en
briefing-check-method = Cómo se obtienen:
briefing-check-boundaries = Límites: { $set }, { $edition }.
briefing-check-release = Edición { $value }. SHA-256 de manifest.json:
briefing-check-licence = Licencia: { $value }. Cítese como:
briefing-check-rebuild = Hecho con { $value }. Los mismos avisos dan los mismos bytes; quien tenga los archivos puede ejecutar

file-effort-areas = Lo recorrido en cada zona, por ronda
