using System.Globalization;
using BroadcastCaptions.Choosing;
using BroadcastCaptions.Failures;
using BroadcastCaptions.Options;
using BroadcastCaptions.Speech.Catalogue;
using BroadcastCaptions.Terminal;
using Spectre.Console;

namespace BroadcastCaptions.Cli;

/// <summary>'captions models list'.</summary>
internal static class ModelsList
{
    /// <summary>Writes the list.</summary>
    public static ExitCode Write(ModelStore store, ModelOptions options, bool json)
    {
        var (fit, memory) = (MachineFit.Here(store.Folder), new SpeedMemory());
        if (json) JsonOutput.Write(JsonOutput.List(store.List(), status => ModelsJson.Model(status, fit.Lacks(status), Abilities.Of(status.Model, options, memory))));
        else WriteTable(store.List(), fit, model => Abilities.Of(model, options, memory));
        return ExitCode.Done;
    }

    /// <summary>How much of a model, or of a file, is here.</summary>
    public static string State(InstallState state) => state switch
    {
        InstallState.Installed => "[green]yes[/]",
        InstallState.Missing => "[grey]no[/]",
        InstallState.Partial => "[yellow]partly: pull resumes[/]",
        _ => "[red]damaged: pull --force mends[/]",
    };

    private static void WriteTable(IReadOnlyList<ModelStatus> models, MachineFit fit, Func<CatalogueModel, Ability> ability)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("model", "language", "size", "WER as published", "on this machine", "can do here");
        foreach (var m in models)
        {
            var lacks = fit.Lacks(m);
            table.AddRow(
                m.Model.Name, string.Join(", ", m.Model.Languages).Replace("mul", "many", StringComparison.Ordinal), Size(m.Model), Markup.Escape(Wer(m.Model)), State(m.State),
                lacks.Length > 0 ? $"[yellow]{lacks}[/]" : Abilities.Text(ability(m.Model)));
        }

        Screen.Output.Write(table);
    }

    private static string Size(CatalogueModel model) => model.Size == 0 ? "not known"
        : string.Create(CultureInfo.InvariantCulture, $"{(model.Files.All(file => file.Size is not null) ? "" : "about ")}{model.Size / 1e6:0} MB");

    private static string Wer(CatalogueModel model) =>
        string.Join(" / ", (model.Published ?? []).Where(figure => figure.Measure == "WER").Select(figure => figure.Value.ToString("0.0#", CultureInfo.InvariantCulture)));
}
