using System.Text.Json.Nodes;
using BroadcastCaptions.Events;
using Spectre.Console;

namespace BroadcastCaptions.Terminal;

/// <summary>What was looked at and how it fares, a line each.</summary>
internal static class FindingsView
{
    /// <summary>Writes findings to standard output: they are what was asked for.</summary>
    public static void Write(IEnumerable<ComponentState> findings)
    {
        foreach (var finding in findings)
        {
            Screen.Output.MarkupLine($"{Mark(finding.Health)} [bold]{Markup.Escape(finding.Component)}[/]  {Markup.Escape(finding.Detail)}");
            if (finding.Remedy.Length > 0) Screen.Output.MarkupLine($"    [yellow]{Markup.Escape(finding.Remedy)}[/]");
        }
    }

    /// <summary>A finding as JSON has it.</summary>
    public static JsonNode ToJson(ComponentState finding) => new JsonObject
    {
        ["component"] = finding.Component,
        ["health"] = finding.Health.ToString().ToLowerInvariant(),
        ["detail"] = finding.Detail,
        ["remedy"] = finding.Remedy,
    };

    private static string Mark(Health health) => health switch
    {
        Health.Ok => "[green]✓[/]",
        Health.Waiting => "[grey]○[/]",
        Health.Degraded => "[yellow]![/]",
        _ => "[red]✗[/]",
    };
}
