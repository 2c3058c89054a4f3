using BroadcastCaptions.Events;

namespace BroadcastCaptions.Obs.Text;

/// <summary>What is the case with the caption source, in a sentence each.</summary>
internal static class TextStates
{
    public static ComponentState Placed(string source, CaptionSourceState state)
    {
        var scenes = state.Scenes == 1 ? "the only scene" : $"all {state.Scenes} scenes";
        return new(ObsTextSink.Component, Health.Ok, $"Captions are in the text source \"{source}\", in {scenes}{(state.Created ? ", made just now" : "")}.");
    }

    public static ComponentState Missing(string source) => new(
        ObsTextSink.Component, Health.Waiting, $"There is no text source \"{source}\" yet.", "captions obs setup makes it; captions live does so by itself.");

    public static ComponentState InScenes(string source, int with, int all) => with == all
        ? new(ObsTextSink.Component, Health.Ok, $"The text source \"{source}\" is in all {all} scenes.")
        : new(ObsTextSink.Component, Health.Degraded, $"The text source \"{source}\" is in {with} of {all} scenes.", "captions obs setup adds it; captions live does so by itself.");

    public static ComponentState Taken(string source) => new(
        ObsTextSink.Component, Health.Failed, $"Another captioner writes to the text source \"{source}\".",
        "End the other one (this one takes over by itself), or give this one a source of its own: obs.source.");
}
