using System.Text.Json;
using BroadcastCaptions.Measure;

namespace BroadcastCaptions.Bench.Latency;

/// <summary>The figures as text for people, or as JSON.</summary>
internal static class LatencyReport
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Writes the figures of each file and of all.</summary>
    public static async Task WriteAsync(TextWriter output, IReadOnlyList<FileResult> files, string product, bool json)
    {
        FileResult[] rows = files.Count > 1 ? [.. files, FileResult.Sum(files)] : [.. files];
        if (json) await output.WriteLineAsync(JsonSerializer.Serialize(new { product, machine = Machine.Describe(), files = rows.Select(ToJson) }, Indented));
        else await output.WriteLineAsync($"{product}; {Machine.Describe()}\n" + string.Join('\n', rows.Select(ToText)));
    }

    private static string ToText(FileResult file) => $"""
        {file.File}: {file.Figures.Words} words, coverage {file.Figures.Coverage:0.0%} ({file.Figures.Right} words count)
          emission      {DelaysText.Of(file.Figures.Emission)}
          correct       {DelaysText.Of(file.Figures.Correct)}
          stable        {DelaysText.Of(file.Figures.Stable)}
          finalisation  {DelaysText.Of(file.Finalisation)}
          NE {file.Figures.NormalisedErasure:0.000}, churn {file.Figures.Churn:0.000}; WER finals {file.Finals.Percent:0.0} %, screen {file.Screen.Percent:0.0} %
          polled every {file.Polling.Quantile(0.5) * 1000:0} ms (p95 {file.Polling.Quantile(0.95) * 1000:0}, max {file.Polling.Max * 1000:0}), sound slipped {file.Slip * 1000:0} ms
        """;

    private static object ToJson(FileResult file) => new
    {
        file.File,
        file.Figures.Words,
        file.Figures.Right,
        file.Figures.Coverage,
        emission = ToJson(file.Figures.Emission),
        correct = ToJson(file.Figures.Correct),
        stable = ToJson(file.Figures.Stable),
        finalisation = ToJson(file.Finalisation),
        ne = file.Figures.NormalisedErasure,
        file.Figures.Churn,
        werFinals = file.Finals.Percent,
        werScreen = file.Screen.Percent,
        slip = file.Slip,
        polling = ToJson(file.Polling),
    };

    private static object ToJson(Delays delays) => new
    {
        n = delays.Count,
        p50 = delays.Quantile(0.5),
        p95 = delays.Quantile(0.95),
        p95Low = delays.Interval(0.95)?.Low,
        p95High = delays.Interval(0.95)?.High,
        max = delays.Max,
    };
}
