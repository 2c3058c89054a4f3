using BroadcastCaptions.Failures;
using BroadcastCaptions.Options;
using BroadcastCaptions.Speech.Catalogue;
using BroadcastCaptions.Speech.Recordings;

namespace BroadcastCaptions.Library.Engines;

/// <summary>Which model is to recognise, and whether it can do what is asked.</summary>
internal static class ModelAbility
{
    /// <summary>The families that an engine is there for.</summary>
    private static readonly string[] Families = ["moonshine"];

    /// <summary>
    /// The model of that name; for "auto" the best that is on this machine of those that can, else the best that there is: nobody
    /// waits for a recording's words.
    /// </summary>
    /// <exception cref="CaptionsException">No such model, or it cannot.</exception>
    public static CatalogueModel Choose(ModelOptions options, RecordingOptions wanted)
    {
        if (!options.IsAuto)
        {
            var named = ModelCatalogue.Bundled.Find(options.Name);
            if (named.Task != ModelTask.Recognition)
                throw new CaptionsException($"The model {named.Name} does not recognise speech.", $"Choose one of {Names(Recognisers())}.", ExitCode.Usage);
            Check(named, wanted);
            return named;
        }

        var here = new ModelStore(options).List().Where(status => status.State == InstallState.Installed).Select(status => status.Model.Name).ToHashSet();
        var able = Recognisers().Where(model => Complaint(model, wanted) is null).OrderByDescending(model => model.Size).ToArray();
        return able.FirstOrDefault(model => here.Contains(model.Name)) ?? able.FirstOrDefault()
            ?? throw Complaint(Recognisers().MaxBy(model => model.Languages.Count)!, wanted)!;
    }

    /// <summary>Can it do what is asked?</summary>
    /// <exception cref="CaptionsException">It cannot.</exception>
    public static void Check(CatalogueModel model, RecordingOptions wanted)
    {
        if (Complaint(model, wanted) is { } complaint) throw complaint;
    }

    private static CaptionsException? Complaint(CatalogueModel model, RecordingOptions wanted)
    {
        if (wanted.Task == SpeechTask.Translate && !Translates(model))
        {
            return new(
                $"The model {model.Name} knows only English, and cannot translate.",
                Others(Translates, "Leave the task at transcribe: no model of the catalogue translates yet."), ExitCode.Usage);
        }

        if (wanted.Language is not { } language || Speaks(model, language)) return null;
        return new(
            $"The model {model.Name} does not know the language \"{language}\"; it knows {string.Join(", ", model.Languages)}.",
            Others(other => Speaks(other, language), "No model of the catalogue knows it; check the code (two letters: en, de, ja)."), ExitCode.Usage);
    }

    private static bool Speaks(CatalogueModel model, string language) =>
        model.Languages.Count == 0 || model.Languages.Contains(language, StringComparer.OrdinalIgnoreCase);

    private static bool Translates(CatalogueModel model) => model.Family == "whisper" && model.Languages.Count != 1;

    private static string Others(Func<CatalogueModel, bool> fit, string otherwise)
    {
        var names = Names(Recognisers().Where(fit));
        return names.Length > 0 ? $"Choose one that can: {names}." : otherwise;
    }

    private static IEnumerable<CatalogueModel> Recognisers() =>
        ModelCatalogue.Bundled.Models.Where(model => model.Task == ModelTask.Recognition && Families.Contains(model.Family));

    private static string Names(IEnumerable<CatalogueModel> models) => string.Join(", ", models.Select(model => model.Name));
}
