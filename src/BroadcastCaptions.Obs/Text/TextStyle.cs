using System.Text.Json.Nodes;
using BroadcastCaptions.Options;

namespace BroadcastCaptions.Obs.Text;

/// <summary>The look of a caption source that we make: white, bold, outlined, as large as lines × columns allow.</summary>
/// <param name="FontSize">Height of the font in canvas pixels.</param>
/// <param name="Left">Left edge of the block.</param>
/// <param name="Bottom">Bottom edge of the block.</param>
internal sealed record TextStyle(int FontSize, double Left, double Bottom)
{
    /// <summary>Distance from the canvas's edges, as broadcasters keep it for titles (EBU R 95: 5 %).</summary>
    private const double SafeMargin = 0.05;

    /// <summary>Width of a column in font sizes: a line of capitals in DejaVu Sans Bold takes 0.65 each, lower case 0.58 (measured).</summary>
    private const double ColumnWidth = 0.68;

    /// <summary>Height of a line in font sizes.</summary>
    private const double LineHeight = 1.2;

    /// <summary>The block never takes more of the canvas's height.</summary>
    private const double LargestHeight = 0.4;

    /// <summary>The style for a canvas.</summary>
    public static TextStyle For(int width, int height, DisplayOptions display)
    {
        var byWidth = width * (1 - (2 * SafeMargin)) / (display.Columns * ColumnWidth);
        var byHeight = height * LargestHeight / (display.Lines * LineHeight);
        return new TextStyle(Math.Max(8, (int)Math.Min(byWidth, byHeight)), width * SafeMargin, height * (1 - SafeMargin));
    }

    /// <summary>The input's settings, for its kind.</summary>
    /// <param name="kind">A text kind.</param>
    /// <param name="platform">OBS's platform: it says which fonts there are.</param>
    public JsonObject Settings(string kind, string platform)
    {
        var settings = new JsonObject
        {
            ["font"] = new JsonObject
            {
                // Where a face is missing, fontconfig and Windows take the nearest.
                ["face"] = TextKind.IsGdi(kind) || platform is "windows" or "macos" ? "Arial" : "DejaVu Sans",
                ["style"] = "Bold",
                ["flags"] = 1, // OBS_FONT_BOLD
                ["size"] = FontSize,
            },
            ["outline"] = true,
        };
        if (TextKind.IsGdi(kind))
        {
            settings["color"] = 0xFFFFFF;
            settings["outline_color"] = 0;
            settings["outline_opacity"] = 100;
            settings["outline_size"] = Math.Max(2, FontSize / 12);
        }
        else
        {
            settings["color1"] = 0xFFFFFFFF;
            settings["color2"] = 0xFFFFFFFF;
            settings["drop_shadow"] = true;
        }

        return settings;
    }

    /// <summary>
    /// A scene item's transform. The anchor is the block's top left, laid so that a full block ends at the bottom margin:
    /// text sources shrink to their text, and would jump with any lower anchor.
    /// </summary>
    /// <param name="blockHeight">Height of a full block.</param>
    public JsonObject Transform(double blockHeight) => new()
    {
        ["alignment"] = 5, // left 1 + top 4
        ["positionX"] = Math.Round(Left),
        ["positionY"] = Math.Round(Bottom - blockHeight),
    };

    /// <summary>A block's height where OBS does not tell it.</summary>
    public double EstimatedHeight(int lines) => FontSize * LineHeight * lines;
}
