package io.modeldiff.web.service;

import io.modeldiff.web.access.AccessControl;
import java.util.concurrent.Executor;

/**
 * Everything that the pages and the API talk to.
 *
 * @param background runs what a page must not wait for
 */
public record Services(
    AccessControl access,
    ModelService models,
    CampaignService campaigns,
    ComparisonService comparisons,
    CorpusService corpora,
    InstanceService instances,
    AnnotationService annotations,
    JobService jobs,
    SystemService system,
    Executor background) {}
