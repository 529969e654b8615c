package io.modeldiff.web.ui;

import io.modeldiff.web.access.Permission;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a page needs from the person who opens it; without it, {@link Permission#VIEW}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Needs {
  Permission value();
}
