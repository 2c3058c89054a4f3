using System.Text.Json;

namespace BroadcastCaptions.Measure.Tests;

/// <summary>Compares figures with the tools' JSON; only what the JSON has is compared.</summary>
internal static class Figures
{
    public static void AssertEqual(JsonElement expected, LatencyFigures actual, string about)
    {
        foreach (var entry in expected.EnumerateObject())
        {
            var want = entry.Value.ValueKind == JsonValueKind.Object ? Spread(entry.Value) : entry.Value.GetDouble().ToString();
            var got = entry.Name switch
            {
                "words" => $"{actual.Words}",
                "coverage" => $"{actual.Coverage}",
                "emission" => Spread(actual.Emission),
                "correct" => Spread(actual.Correct),
                "stable" => Spread(actual.Stable),
                "NE" => $"{actual.NormalisedErasure}",
                "churn" => $"{actual.Churn}",
                _ => throw new InvalidOperationException($"The tools have a new figure, {entry.Name}."),
            };
            Assert.True(want == got, $"{entry.Name} is {got}, {want} expected: {about}");
        }
    }

    private static string Spread(JsonElement spread) => spread.TryGetProperty("p50", out var median)
        ? $"{median.GetDouble()} {spread.GetProperty("p95").GetDouble()} {spread.GetProperty("max").GetDouble()}"
        : "none";

    private static string Spread(Delays delays) => delays.Count == 0 ? "none" : $"{delays.Quantile(.5)} {delays.Quantile(.95)} {delays.Max}";
}
