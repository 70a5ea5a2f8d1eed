-- What offerings come to in each year: of all registries together, of each of them, and of each network. It counts as the
-- annual reports do: an offering counts in a year in which it runs or is open; information meetings and runs that were cancelled
-- are left out; a run that says nothing of its patients or relatives makes the sum one of "at least", unless the offering
-- is for others alone.
WITH audience AS (
  SELECT registry, year, record,
         max(CASE WHEN audience NOT IN ('relatives', 'parents', 'siblings') THEN 1 ELSE 0 END) AS has_patients,
         max(CASE WHEN audience <> 'patients' THEN 1 ELSE 0 END) AS has_relatives
  FROM offerings_audience
  GROUP BY registry, year, record
), held AS (
  SELECT DISTINCT registry, year, record FROM offerings_run WHERE coalesce(status, '') <> 'cancelled'
), offering AS (
  SELECT o.registry, o.year, o.id, o.network,
         coalesce(a.has_patients, 1) AS has_patients, coalesce(a.has_relatives, 1) AS has_relatives
  FROM offerings o
  LEFT JOIN audience a ON a.registry = o.registry AND a.year = o.year AND a.record = o.id
  LEFT JOIN held h ON h.registry = o.registry AND h.year = o.year AND h.record = o.id
  WHERE coalesce(o.form, '') <> 'information-meeting' AND (o.continuous OR h.record IS NOT NULL)
), run AS (
  SELECT o.registry, o.year, o.id, o.has_patients, o.has_relatives,
         r.patients, coalesce(r."patients.quality", 'none') AS patients_quality,
         r.relatives, coalesce(r."relatives.quality", 'none') AS relatives_quality
  FROM offering o
  JOIN offerings_run r ON r.registry = o.registry AND r.year = o.year AND r.record = o.id
  WHERE coalesce(r.status, '') <> 'cancelled'
), counted AS (
  SELECT registry, year, id, count(*) AS runs,
         sum(patients) AS patients,
         sum(CASE WHEN patients_quality IN ('not-recorded', 'hidden') THEN 1
                  WHEN patients_quality = 'none' AND has_patients = 1 THEN 1 ELSE 0 END) AS patients_missing,
         max(CASE WHEN patients_quality IN ('at-least', 'at-least-about') THEN 1 ELSE 0 END) AS patients_at_least,
         max(CASE WHEN patients_quality IN ('about', 'at-least-about') THEN 1 ELSE 0 END) AS patients_about,
         sum(relatives) AS relatives,
         sum(CASE WHEN relatives_quality IN ('not-recorded', 'hidden') THEN 1
                  WHEN relatives_quality = 'none' AND has_relatives = 1 THEN 1 ELSE 0 END) AS relatives_missing,
         max(CASE WHEN relatives_quality IN ('at-least', 'at-least-about') THEN 1 ELSE 0 END) AS relatives_at_least,
         max(CASE WHEN relatives_quality IN ('about', 'at-least-about') THEN 1 ELSE 0 END) AS relatives_about
  FROM run
  GROUP BY registry, year, id
), summed AS (
  SELECT o.year, o.registry, o.network, grouping(o.registry) AS every_registry, grouping(o.network) AS every_network,
         count(*) AS offerings, coalesce(sum(c.runs), 0) AS runs,
         sum(c.patients) AS patients, coalesce(sum(c.patients_missing), 0) AS patients_missing,
         coalesce(max(c.patients_at_least), 0) AS patients_at_least, coalesce(max(c.patients_about), 0) AS patients_about,
         sum(c.relatives) AS relatives, coalesce(sum(c.relatives_missing), 0) AS relatives_missing,
         coalesce(max(c.relatives_at_least), 0) AS relatives_at_least, coalesce(max(c.relatives_about), 0) AS relatives_about
  FROM offering o
  LEFT JOIN counted c ON c.registry = o.registry AND c.year = o.year AND c.id = o.id
  GROUP BY GROUPING SETS ((o.year), (o.year, o.registry), (o.year, o.registry, o.network))
)
SELECT year,
       CASE WHEN every_registry = 1 THEN '*' ELSE registry END AS registry,
       CASE WHEN every_network = 1 THEN '*' ELSE coalesce(network, '') END AS network,
       offerings, runs,
       CASE WHEN patients_missing = 0 THEN coalesce(patients, 0) ELSE patients END AS patients, patients_missing,
       CASE WHEN patients IS NULL AND patients_missing > 0 THEN 'not-recorded'
            WHEN patients_about = 1 AND patients_missing > 0 THEN 'at-least-about'
            WHEN patients_about = 1 THEN 'about'
            WHEN patients_at_least + patients_missing > 0 THEN 'at-least'
            ELSE 'exact' END AS patients_quality,
       CASE WHEN relatives_missing = 0 THEN coalesce(relatives, 0) ELSE relatives END AS relatives, relatives_missing,
       CASE WHEN relatives IS NULL AND relatives_missing > 0 THEN 'not-recorded'
            WHEN relatives_about = 1 AND relatives_missing > 0 THEN 'at-least-about'
            WHEN relatives_about = 1 THEN 'about'
            WHEN relatives_at_least + relatives_missing > 0 THEN 'at-least'
            ELSE 'exact' END AS relatives_quality
FROM summed
ORDER BY 1, 2, 3
