using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace BroadcastCaptions.Transcription;

/// <summary>How fast a recording is heard: times real time.</summary>
internal sealed class SpeedColumn : ProgressColumn
{
    /// <summary>Under which name the speed lies in a task's state.</summary>
    public const string Key = "speed";

    /// <inheritdoc/>
    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime)
    {
        var speed = task.State.Get<double>(Key);
        return new Text(speed > 0 ? string.Create(CultureInfo.InvariantCulture, $"{speed:0} × real time") : "");
    }
}
