using BroadcastCaptions.Failures;
using BroadcastCaptions.Options;
using BroadcastCaptions.Speech.Catalogue;

namespace BroadcastCaptions.Choosing;

/// <summary>The language that is spoken live, and the models that know it.</summary>
internal static class LiveLanguage
{
    private const string English = "en";
    private const string Many = "mul"; // of these the model's own files know which

    /// <summary>Is another language than English asked for?</summary>
    public static bool IsForeign(ModelOptions options) => options.Language is { } language && !string.Equals(language, English, StringComparison.OrdinalIgnoreCase);

    /// <summary>Do the models that are asked for know it? Those that the program chooses by itself know only English.</summary>
    /// <exception cref="CaptionsException">One does not.</exception>
    public static void Check(ModelOptions options, ModelCatalogue catalogue)
    {
        if (!IsForeign(options)) return;
        var able = catalogue.Models.Where(model => model.Task == ModelTask.Recognition && Knows(model, options.Language!)).Select(model => model.Name);
        var remedy = $"Choose one that does: --model {string.Join(", ", able)}.";
        if (options.IsAuto) throw new CaptionsException($"The models that auto chooses from do not know the language \"{options.Language}\".", remedy, ExitCode.Usage);
        foreach (var name in new[] { options.Name, options.Final }.OfType<string>())
            if (catalogue.Find(name) is { Task: ModelTask.Recognition } model && !Knows(model, options.Language!))
                throw new CaptionsException($"The model {model.Name} does not know the language \"{options.Language}\"; it knows {string.Join(", ", model.Languages)}.", remedy, ExitCode.Usage);
    }

    private static bool Knows(CatalogueModel model, string language) => model.Languages.Contains(Many) || model.Languages.Contains(language, StringComparer.OrdinalIgnoreCase);
}
