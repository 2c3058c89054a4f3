using BroadcastCaptions.Failures;
using BroadcastCaptions.Options;
using BroadcastCaptions.Speech.Catalogue;
using BroadcastCaptions.Speech.Models;
using BroadcastCaptions.Speech.Recordings;

namespace BroadcastCaptions.Library.Engines;

/// <summary>Which model is to recognise, and whether it can do what is asked.</summary>
internal sealed class ModelAbility(ModelStore store)
{
    /// <summary>What is fetched where nothing that is here knows the language: the smallest Whisper whose other languages are worth reading.</summary>
    private const string OtherLanguages = "whisper-small";

    /// <summary>ISO 639-2's code for many languages, as the catalogue has it.</summary>
    private const string Many = "mul";

    private const string Whisper = "whisper";

    /// <summary>
    /// The model of that name; for "auto" the best Moonshine where the task is English, one that is on this machine first; else the best
    /// that is on this machine of those that can.
    /// </summary>
    /// <exception cref="CaptionsException">No such model, or it cannot.</exception>
    public CatalogueModel Choose(ModelOptions options, RecordingOptions wanted)
    {
        if (!options.IsAuto)
        {
            var named = store.Catalogue.Find(options.Name);
            if (named.Task != ModelTask.Recognition)
                throw new CaptionsException($"The model {named.Name} does not recognise speech.", $"Choose one of {Names(Recognisers())}.", ExitCode.Usage);
            Check(named, wanted);
            return named;
        }

        var here = store.List().Where(status => status.State == InstallState.Installed).Select(status => status.Model.Name).ToHashSet();
        var able = Recognisers().Where(model => Complaint(model, wanted) is null).OrderByDescending(model => model.Size).ToArray();
        CatalogueModel[] english = [.. able.Where(model => model.Family == "moonshine")];
        return english.FirstOrDefault(model => here.Contains(model.Name)) ?? english.FirstOrDefault()
            ?? able.FirstOrDefault(model => here.Contains(model.Name)) ?? able.FirstOrDefault(model => model.Name == OtherLanguages) ?? able.FirstOrDefault()
            ?? throw Complaint(Recognisers().MaxBy(model => model.Languages.Count)!, wanted)!;
    }

    /// <summary>Can it do what is asked?</summary>
    /// <exception cref="CaptionsException">It cannot.</exception>
    public void Check(CatalogueModel model, RecordingOptions wanted)
    {
        if (Complaint(model, wanted) is { } complaint) throw complaint;
    }

    private CaptionsException? Complaint(CatalogueModel model, RecordingOptions wanted)
    {
        if (wanted.Task == SpeechTask.Translate && !Translates(model))
        {
            return new(
                $"The model {model.Name} cannot translate{(model.Languages is ["en"] ? ": it knows only English" : "")}.",
                Others(Translates, "Leave the task at transcribe: no model of the catalogue translates."), ExitCode.Usage);
        }

        if (wanted.BeamSize is < 1 or > RecordingOptions.WidestBeam)
            return new($"The beam size is {wanted.BeamSize}; 1 to {RecordingOptions.WidestBeam} is allowed.", "Choose a number in that range.", ExitCode.Usage);
        if ((wanted.Told is not null || wanted.BeamSize > 1) && model.Family != Whisper)
        {
            return new(
                $"The model {model.Name} takes no {(wanted.Told is not null ? "prompt and no keyterms" : "beam size")}.",
                $"Choose one of the Whisper family: {Names(Recognisers().Where(other => other.Family == Whisper))}.", ExitCode.Usage);
        }

        if (wanted.Language is not { } language || Speaks(model, language)) return null;
        return new(
            $"The model {model.Name} does not know the language \"{language}\"; it knows {string.Join(", ", model.Languages)}.",
            Others(other => Speaks(other, language), "No model of the catalogue knows it; check the code (two letters: en, de, ja)."), ExitCode.Usage);
    }

    /// <summary>Of a model of many languages its own files know which.</summary>
    private static bool Speaks(CatalogueModel model, string language) =>
        model.Languages.Contains(Many) || model.Languages.Contains(language, StringComparer.OrdinalIgnoreCase);

    private static bool Translates(CatalogueModel model) => model.Family == Whisper && model.Languages.Contains(Many);

    private string Others(Func<CatalogueModel, bool> fit, string otherwise)
    {
        var names = Names(Recognisers().Where(fit));
        return names.Length > 0 ? $"Choose one that can: {names}." : otherwise;
    }

    private IEnumerable<CatalogueModel> Recognisers() =>
        store.Catalogue.Models.Where(model => model.Task == ModelTask.Recognition && ModelFamilies.All.Contains(model.Family));

    private static string Names(IEnumerable<CatalogueModel> models) => string.Join(", ", models.Select(model => model.Name));
}
