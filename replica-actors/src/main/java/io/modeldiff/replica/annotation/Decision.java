package io.modeldiff.replica.annotation;

import io.modeldiff.core.annotation.AnnotationEvent;
import io.modeldiff.core.annotation.AnnotationProject;
import java.util.List;

/**
 * What follows from a request.
 *
 * @param after the project with the events applied
 * @param events what is to be stored, possibly nothing
 * @param reply what to answer once it is stored
 */
public record Decision(
    AnnotationProject after, List<AnnotationEvent> events, AnnotationReply reply) {}
