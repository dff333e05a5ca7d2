package org.adapterbench.reports.html;

import java.util.List;

record Page(String title, List<String> items) {}
