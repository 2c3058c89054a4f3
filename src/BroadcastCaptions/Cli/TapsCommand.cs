using System.CommandLine;
using System.Text.Json.Nodes;
using BroadcastCaptions.Audio;
using BroadcastCaptions.Failures;
using BroadcastCaptions.Terminal;
using Spectre.Console;

namespace BroadcastCaptions.Cli;

/// <summary>'captions taps': what can be listened to on this machine.</summary>
internal static class TapsCommand
{
    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var json = CommonOptions.Json();
        var command = new Command("taps", $"""
            Lists what can be listened to: microphones, and monitors (what an output plays). Any part of a name or description that
            names one alone will do.

            Examples:
              captions taps
              captions live --tap {TapSpec.DevicePrefix}:yeti
              captions live --tap GAME=monitor:hdmi
            """) { json };
        command.SetAction(async (result, cancellation) =>
        {
            var devices = await AudioDevices.ListAsync(cancellation: cancellation);
            if (result.GetValue(json))
                JsonOutput.Write(JsonOutput.List(devices, Json));
            else
                Write(devices);
            return (int)ExitCode.Done;
        });
        return command;
    }

    private static void Write(IReadOnlyList<AudioDevice> devices)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("--tap", "what", "format");
        foreach (var device in devices)
            table.AddRow(Markup.Escape(device.Tap), Markup.Escape(device.Description) + (device.IsDefault ? " [green](default)[/]" : ""), device.Format.ToString());
        Screen.Output.Write(table);
        Screen.Output.WriteLine("A file is a tap, too: --tap PATH.");
    }

    private static JsonNode Json(AudioDevice device) => new JsonObject
    {
        ["tap"] = device.Tap,
        ["name"] = device.Name,
        ["description"] = device.Description,
        ["rate"] = device.Format.SampleRate,
        ["channels"] = device.Format.Channels,
        ["monitor"] = device.IsMonitor,
        ["isDefault"] = device.IsDefault,
    };
}
